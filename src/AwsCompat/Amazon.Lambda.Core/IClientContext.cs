namespace Amazon.Lambda.Core;

/// <summary>Facts about a mobile client that called the function. No caller of ours sends any.</summary>
public interface IClientContext
{
    /// <summary>The environment the client declares.</summary>
    IDictionary<string, string> Environment { get; }

    /// <summary>What the client application adds of its own.</summary>
    IDictionary<string, string> Custom { get; }
}
