namespace Cdk.Bootstrap;

/// <summary>What differs between deployments in the install script. Values may be unresolved CDK tokens.</summary>
public sealed record AgentBootstrapValues
{
    /// <summary>The bucket that holds the archive.</summary>
    public required string ArtefactBucket { get; init; }

    /// <summary>The exact key of the archive.</summary>
    public required string ArtefactKey { get; init; }

    /// <summary>SHA-256 of the archive, 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The processor the agent needs, as <c>uname -m</c> says it.</summary>
    public required string Machine { get; init; }

    /// <summary>Region of bucket and stream.</summary>
    public required string Region { get; init; }

    /// <summary>The end of AWS's host names in this partition, such as <c>amazonaws.com</c>.</summary>
    public required string UrlSuffix { get; init; }

    /// <summary>The stream that the agent sends to.</summary>
    public required string StreamName { get; init; }
}
