namespace Support.Lambda;

/// <summary>The program of a function and its settings, as Lambda would start it.</summary>
public sealed class LambdaFunctionOptions
{
    /// <summary>The program: a path or a name on PATH, such as <c>dotnet</c>.</summary>
    public required string FileName { get; init; }

    /// <summary>Its arguments.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Environment variables on top of Lambda's own; <c>null</c> values remove a variable.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>The memory the function is told it has, in MB. It is not limited to it.</summary>
    public int MemorySize { get; init; } = 512;
}
