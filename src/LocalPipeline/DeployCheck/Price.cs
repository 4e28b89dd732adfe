namespace LocalPipeline.DeployCheck;

/// <summary>A list price of us-east-1.</summary>
/// <param name="What">What is paid for, as in the table of <c>docs/cost.md</c>.</param>
/// <param name="Unit">What it is counted in.</param>
/// <param name="Dollars">US dollars for one unit.</param>
internal sealed record Price(string What, string Unit, decimal Dollars);
