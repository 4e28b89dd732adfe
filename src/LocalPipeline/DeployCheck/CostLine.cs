namespace LocalPipeline.DeployCheck;

/// <summary>One line of a month's bill.</summary>
/// <param name="What">What is paid for.</param>
/// <param name="Quantity">How many units, in words.</param>
/// <param name="Dollars">The amount.</param>
/// <param name="Depends">Whether it grows with the hosts.</param>
internal sealed record CostLine(string What, string Quantity, decimal Dollars, bool Depends);
