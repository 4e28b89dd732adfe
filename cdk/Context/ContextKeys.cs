namespace Cdk.Context;

/// <summary>The keys of a deployment's settings. <c>docs/deploy.md</c> lists them with their meaning.</summary>
public static class ContextKeys
{
    /// <summary>A JSON file with the other keys; only in the context.</summary>
    public const string PipelineFile = "pipelineFile";

    /// <summary>Name of the deployment.</summary>
    public const string Environment = "environment";

    /// <summary>The region, if the stack is for one only.</summary>
    public const string Region = "region";

    /// <summary>Comma-separated <c>Key=Value</c>, put on every resource.</summary>
    public const string Tags = "tags";

    /// <summary>Comma-separated e-mail addresses.</summary>
    public const string AlertEmails = "alertEmails";

    /// <summary>Comma-separated severities that go out by e-mail.</summary>
    public const string EmailSeverities = "emailSeverities";

    /// <summary>Slack workspace id; only together with <see cref="SlackChannelId"/>.</summary>
    public const string SlackWorkspaceId = "slackWorkspaceId";

    /// <summary>Slack channel id; only together with <see cref="SlackWorkspaceId"/>.</summary>
    public const string SlackChannelId = "slackChannelId";

    /// <summary>Whether there is a topic of findings for programs.</summary>
    public const string Findings = "findings";

    /// <summary><c>provisioned</c> or <c>on-demand</c>.</summary>
    public const string StreamMode = "streamMode";

    /// <summary>Shards of a provisioned stream.</summary>
    public const string Shards = "shards";

    /// <summary>Hours the stream keeps records.</summary>
    public const string RetentionHours = "retentionHours";

    /// <summary>Days that logs of functions are kept.</summary>
    public const string LogDays = "logDays";

    /// <summary><c>off</c>, <c>s3</c> or <c>opensearch</c>.</summary>
    public const string Archive = "archive";

    /// <summary>Days that archived events are kept.</summary>
    public const string ArchiveDays = "archiveDays";

    /// <summary>ARN of the OpenSearch domain that gets the archive too.</summary>
    public const string OpenSearchDomainArn = "openSearchDomainArn";

    /// <summary>Address of that domain.</summary>
    public const string OpenSearchEndpoint = "openSearchEndpoint";

    /// <summary>Folder of the published function.</summary>
    public const string FunctionPath = "functionPath";

    /// <summary>Archive of the published agent.</summary>
    public const string AgentPath = "agentPath";

    /// <summary><c>x64</c> or <c>arm64</c>.</summary>
    public const string AgentArchitecture = "agentArchitecture";

    /// <summary><c>Key=Value</c> of instances that State Manager installs the agent on.</summary>
    public const string FleetTag = "fleetTag";

    /// <summary>The VPC of endpoints and demo host.</summary>
    public const string VpcId = "vpcId";

    /// <summary>The addresses of that VPC in CIDR form: who may use the endpoints.</summary>
    public const string VpcCidr = "vpcCidr";

    /// <summary>Comma-separated subnets of endpoints and demo host.</summary>
    public const string SubnetIds = "subnetIds";

    /// <summary>Comma-separated route tables that reach S3 through a gateway endpoint.</summary>
    public const string RouteTableIds = "routeTableIds";

    /// <summary>Whether hosts reach Kinesis without the internet.</summary>
    public const string VpcEndpoints = "vpcEndpoints";

    /// <summary>Whether one watched host is started, to try with.</summary>
    public const string DemoHost = "demoHost";

    /// <summary>Whether the table can be restored to a point in time.</summary>
    public const string PointInTimeRecovery = "pointInTimeRecovery";

    /// <summary>Whether the table refuses to be deleted.</summary>
    public const string DeletionProtection = "deletionProtection";

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public const string RetainData = "retainData";

    /// <summary>All of them, in the order of the documentation.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        PipelineFile, Environment, Region, Tags, AlertEmails, EmailSeverities, SlackWorkspaceId, SlackChannelId, Findings, StreamMode, Shards,
        RetentionHours, LogDays, Archive, ArchiveDays, OpenSearchDomainArn, OpenSearchEndpoint, FunctionPath, AgentPath, AgentArchitecture, FleetTag,
        VpcId, VpcCidr, SubnetIds, RouteTableIds, VpcEndpoints, DemoHost, PointInTimeRecovery, DeletionProtection, RetainData,
    ];
}
