using Amazon.CDK;
using Amazon.CDK.AWS.Logs;

namespace Cdk;

/// <summary>What a deployment decides. Immutable; <see cref="Context.PipelineContext"/> reads and checks it.</summary>
public sealed class PipelineStackProps : StackProps
{
    /// <summary>Name of the deployment, such as prod. 1..20 characters of a-z, 0-9 and -, starting with a letter.</summary>
    public required string EnvironmentName { get; init; }

    /// <summary>Tags of every resource, beside <c>environment</c>.</summary>
    public IReadOnlyDictionary<string, string> ResourceTags { get; init; } = new Dictionary<string, string>();

    /// <summary>Who gets alerts and operational alarms by e-mail. May be empty if <see cref="Slack"/> is set.</summary>
    public required IReadOnlyList<string> AlertEmails { get; init; }

    /// <summary>Severities sent by e-mail, in Sigma's words. Default medium, high, critical. Chat gets all of them.</summary>
    public IReadOnlyList<string> EmailSeverities { get; init; } = Severities.Default;

    /// <summary>The Slack channel for alerts and alarms; null for none.</summary>
    public SlackChannel? Slack { get; init; }

    /// <summary>Whether programs get incidents, as OCSF on a topic of their own. Default false.</summary>
    public bool Findings { get; init; }

    /// <summary>Shards of the stream, 1..200; null for on-demand capacity. Default 1.</summary>
    /// <remarks>Each has its own worker: more of them take in and evaluate more.</remarks>
    public int? ProvisionedShards { get; init; } = 1;

    /// <summary>How long the stream keeps records, in hours, 24..8760. Default 72, so a weekend's outage loses nothing.</summary>
    public int RetentionHours { get; init; } = 72;

    /// <summary>How long logs of functions are kept. Default 90 days.</summary>
    public RetentionDays LogRetention { get; init; } = RetentionDays.THREE_MONTHS;

    /// <summary>Where all events are kept; null (default) for nowhere.</summary>
    public EventArchive? Archive { get; init; }

    /// <summary>The published function: absolute path of a folder with <c>AlertLambda.dll</c> and <c>rules/</c>.</summary>
    public required string FunctionFolder { get; init; }

    /// <summary>The published agent: absolute path of a <c>.tar.gz</c> with <c>edge-agent</c> at its root.</summary>
    public required string AgentArchive { get; init; }

    /// <summary>The processor the agent was published for. Default x86-64.</summary>
    public AgentArchitecture AgentArchitecture { get; init; } = AgentArchitecture.X64;

    /// <summary>The tag of running instances that State Manager installs the agent on; null (default) for none.</summary>
    public FleetTag? FleetTag { get; init; }

    /// <summary>The VPC of endpoints and demo host; null (default) if there is neither.</summary>
    public HostNetwork? Network { get; init; }

    /// <summary>Whether hosts in <see cref="Network"/> reach Kinesis, and with <see cref="FleetTag"/> SSM, without the internet. Default false.</summary>
    public bool VpcEndpoints { get; init; }

    /// <summary>Whether one watched host runs in <see cref="Network"/>, to try with. Default false.</summary>
    public bool DemoHost { get; init; }

    /// <summary>Whether the table can be restored to each second of the last 35 days. Default true.</summary>
    public bool PointInTimeRecovery { get; init; } = true;

    /// <summary>Whether the table refuses to be deleted. Default true.</summary>
    public bool DeletionProtection { get; init; } = true;

    /// <summary>Whether stream, table, archive, keys and logs outlive the stack. Default true. The bucket of discarded batches always does.</summary>
    public bool RetainData { get; init; } = true;

    /// <summary>What becomes of stateful resources when the stack goes.</summary>
    internal RemovalPolicy DataRemoval => RetainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
}
