using Amazon.CDK.AWS.Logs;

namespace Cdk.Context;

/// <summary>Turns settings into the properties of the stack. Pure but for the settings file and looking whether the artefacts exist.</summary>
public static partial class PipelineContext
{
    /// <summary>Where <c>make publish</c> leaves the function, below the repository root.</summary>
    public const string DefaultFunctionPath = "artifacts/publish/alert-lambda";

    /// <summary>Where <c>make publish</c> leaves the agent, below the repository root.</summary>
    public const string DefaultAgentPath = "artifacts/publish/edge-agent.tar.gz";

    /// <summary>Reads and checks everything.</summary>
    /// <param name="context">Key and value as text; what is there wins over <c>cdk/pipeline.json</c>.</param>
    /// <param name="root">The folder relative paths start from.</param>
    /// <exception cref="InvalidContextException">At least one fault; the exception holds all of them.</exception>
    public static PipelineStackProps Read(IReadOnlyDictionary<string, string> context, string root)
    {
        var reader = new ContextReader(PipelineFile.Under(context, root));
        reader.RefuseUnknown(ContextKeys.All);
        var environment = reader.Matching(ContextKeys.Environment, EnvironmentPattern(),
            "Write 1 to 20 characters of a-z, 0-9 and '-', starting with a letter, e.g. prod.") ?? "dev";
        var region = reader.Matching(ContextKeys.Region, RegionPattern(), "Write a region, e.g. eu-west-1.");
        var retain = reader.Switch(ContextKeys.RetainData, true);
        var endpoints = reader.Switch(ContextKeys.VpcEndpoints, false);
        var demo = reader.Switch(ContextKeys.DemoHost, false);
        var architecture = reader.Choice(ContextKeys.AgentArchitecture, AgentArchitecture.X64, ("x64", AgentArchitecture.X64), ("arm64", AgentArchitecture.Arm64));
        var props = new PipelineStackProps
        {
            Env = region is null ? null : new Amazon.CDK.Environment { Region = region },
            EnvironmentName = environment,
            ResourceTags = reader.Pairs(ContextKeys.Tags, ResourceTagPattern(),
                "Write tags as Key=Value, several with commas between them, keys of letters, digits and _.:+@- (hosts read their tags from the metadata, where EC2 takes no "
                + "others); aws: and environment are taken."),
            AlertEmails = Emails(reader),
            EmailSeverities = reader.List(ContextKeys.EmailSeverities, Severities.All.Contains,
                $"Write a comma-separated list of {string.Join(", ", Severities.All)}.") is { Count: > 0 } chosen ? chosen : Severities.Default,
            Slack = Slack(reader, region),
            Findings = reader.Switch(ContextKeys.Findings, false),
            ProvisionedShards = Shards(reader),
            RetentionHours = reader.Number(ContextKeys.RetentionHours, fallback: 72, least: 24, most: 8760),
            LogRetention = reader.Choice(ContextKeys.LogDays, RetentionDays.THREE_MONTHS,
                ("30", RetentionDays.ONE_MONTH), ("60", RetentionDays.TWO_MONTHS), ("90", RetentionDays.THREE_MONTHS),
                ("180", RetentionDays.SIX_MONTHS), ("365", RetentionDays.ONE_YEAR), ("731", RetentionDays.TWO_YEARS)),
            Archive = Archive(reader, region),
            FunctionFolder = FunctionFolder(reader, root),
            AgentArchive = AgentArchive(reader, root, architecture),
            AgentArchitecture = architecture,
            FleetTag = Tag(reader),
            Network = Network(reader, endpoints, demo),
            VpcEndpoints = endpoints,
            DemoHost = demo,
            PointInTimeRecovery = reader.Switch(ContextKeys.PointInTimeRecovery, true),
            DeletionProtection = reader.Switch(ContextKeys.DeletionProtection, retain),
            RetainData = retain,
            Description = $"eBPF security telemetry from EC2 to alerts ({environment})",
        };
        return reader.Faults.Count == 0 ? props : throw new InvalidContextException(reader.Faults);
    }

    private static IReadOnlyList<string> Emails(ContextReader reader)
    {
        var emails = reader.List(ContextKeys.AlertEmails, EmailPattern().IsMatch,
            "Write a comma-separated list of addresses, e.g. soc@example.org,oncall@example.org.");
        if (emails.Count == 0 && !reader.Has(ContextKeys.SlackWorkspaceId) && !reader.Has(ContextKeys.SlackChannelId))
        {
            reader.Fault(ContextKeys.AlertEmails, "Nobody would be told of an alert.",
                $"Write one, e.g. soc@example.org, or set {ContextKeys.SlackWorkspaceId} and {ContextKeys.SlackChannelId}.");
        }

        return emails;
    }

    private static SlackChannel? Slack(ContextReader reader, string? region)
    {
        var workspace = reader.Matching(ContextKeys.SlackWorkspaceId, SlackIdPattern(), "Write the workspace id, e.g. T0123ABCD.");
        var channel = reader.Matching(ContextKeys.SlackChannelId, SlackIdPattern(), "Write the channel id, not its name, e.g. C0123ABCD.");
        if (reader.Has(ContextKeys.SlackWorkspaceId) != reader.Has(ContextKeys.SlackChannelId))
        {
            var absent = reader.Has(ContextKeys.SlackChannelId) ? ContextKeys.SlackWorkspaceId : ContextKeys.SlackChannelId;
            reader.Fault(absent, "Only one half of the Slack channel is given.", "Write both keys or neither.");
        }
        else if (workspace is not null && region is not null && OtherPartition().IsMatch(region))
        {
            reader.Fault(ContextKeys.SlackWorkspaceId, $"Amazon Q Developer in chat applications is not in {region}.",
                $"Leave both keys out, and take {ContextKeys.AlertEmails}.");
        }

        return workspace is not null && channel is not null ? new SlackChannel(workspace, channel) : null;
    }

    private static int? Shards(ContextReader reader)
    {
        var onDemand = reader.Choice(ContextKeys.StreamMode, false, ("provisioned", false), ("on-demand", true));
        if (onDemand && reader.Has(ContextKeys.Shards))
        {
            reader.Fault(ContextKeys.Shards, "An on-demand stream has no fixed number of shards.",
                $"Leave it out, or write {ContextKeys.StreamMode}=provisioned.");
        }

        var shards = reader.Number(ContextKeys.Shards, fallback: 1, least: 1, most: 200);
        return onDemand ? null : shards;
    }

    private static EventArchive? Archive(ContextReader reader, string? region)
    {
        var (on, search) = reader.Choice(ContextKeys.Archive, (false, false), ("off", (false, false)), ("s3", (true, false)), ("opensearch", (true, true)));
        if (search && region is not null && OtherPartition().IsMatch(region))
        {
            reader.Fault(ContextKeys.Archive, $"OpenSearch Ingestion is not in {region}.",
                $"Write {ContextKeys.Archive}=s3, and let the domain read the bucket another way.");
        }

        var days = reader.Number(ContextKeys.ArchiveDays, fallback: 365, least: 1, most: 3650);
        var domain = reader.Matching(ContextKeys.OpenSearchDomainArn, DomainPattern(), "Write the ARN of a domain, arn:aws:es:REGION:ACCOUNT:domain/NAME.");
        var endpoint = reader.Matching(ContextKeys.OpenSearchEndpoint, EndpointPattern(), "Write the domain's address, https://… without a path.");
        reader.Needs(ContextKeys.ArchiveDays, $"{ContextKeys.Archive}=s3", on);
        foreach (var key in new[] { ContextKeys.OpenSearchDomainArn, ContextKeys.OpenSearchEndpoint })
        {
            reader.Needs(key, $"{ContextKeys.Archive}=opensearch", search);
            if (search && !reader.Has(key))
            {
                reader.Fault(key, "The OpenSearch domain is not named.", $"Write it, or {ContextKeys.Archive}=s3.");
            }
        }

        return !on ? null : new EventArchive(days, search && domain is not null && endpoint is not null ? new OpenSearchDomain(domain, endpoint) : null);
    }
}
