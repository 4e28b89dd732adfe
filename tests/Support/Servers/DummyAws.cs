using Amazon.Runtime;

namespace Support.Servers;

/// <summary>The account of all local servers. The emulators check neither key nor signature.</summary>
public static class DummyAws
{
    /// <summary>The region in every ARN.</summary>
    public const string Region = "us-east-1";

    /// <summary>The account in every ARN.</summary>
    public const string AccountId = "000000000000";

    /// <summary>Keys that open nothing.</summary>
    public static AWSCredentials Credentials { get; } = new BasicAWSCredentials("dummy-access-key", "dummy-secret-key");

    /// <summary>Credentials and region for a process; no profile and no instance metadata is looked for.</summary>
    public static IReadOnlyDictionary<string, string?> ProcessEnvironment { get; } = new Dictionary<string, string?>
    {
        ["AWS_ACCESS_KEY_ID"] = "dummy-access-key",
        ["AWS_SECRET_ACCESS_KEY"] = "dummy-secret-key",
        ["AWS_SESSION_TOKEN"] = null,
        ["AWS_PROFILE"] = null,
        ["AWS_REGION"] = Region,
        ["AWS_EC2_METADATA_DISABLED"] = "true",
    };
}
