using System.Text.RegularExpressions;

namespace Cdk.Context;

/// <summary>Turns a CDK context into the properties of the stack. Pure but for looking whether the artefacts exist.</summary>
public static partial class PipelineContext
{
    /// <summary>Where <c>make publish</c> leaves the function, below the repository root.</summary>
    public const string DefaultFunctionPath = "artifacts/publish/alert-lambda";

    /// <summary>Where <c>make publish</c> leaves the agent, below the repository root.</summary>
    public const string DefaultAgentPath = "artifacts/publish/edge-agent.tar.gz";

    private const string FunctionAssembly = "AlertLambda.dll";
    private const string RulesFolder = "rules";

    /// <summary>Reads and checks everything.</summary>
    /// <param name="context">Key and value as text.</param>
    /// <param name="root">The folder relative artefact paths start from.</param>
    /// <exception cref="InvalidContextException">At least one fault; the exception holds all of them.</exception>
    public static PipelineStackProps Read(IReadOnlyDictionary<string, string> context, string root)
    {
        var reader = new ContextReader(context);
        reader.RefuseUnknown(ContextKeys.All);
        var environment = reader.Matching(ContextKeys.Environment, EnvironmentPattern(),
            "Write 1 to 20 characters of a-z, 0-9 and '-', starting with a letter, e.g. prod.") ?? "dev";
        var severities = reader.List(ContextKeys.EmailSeverities, Severities.All.Contains,
            $"Write a comma-separated list of {string.Join(", ", Severities.All)}.");
        var emails = reader.List(ContextKeys.AlertEmails, EmailPattern().IsMatch,
            "Write a comma-separated list of addresses, e.g. soc@example.org,oncall@example.org.");
        var slack = Slack(reader);
        if (emails.Count == 0 && !reader.Has(ContextKeys.SlackWorkspaceId) && !reader.Has(ContextKeys.SlackChannelId))
        {
            reader.Fault(ContextKeys.AlertEmails, "Nobody would be told of an alert.",
                $"Write one, e.g. soc@example.org, or set {ContextKeys.SlackWorkspaceId} and {ContextKeys.SlackChannelId}.");
        }

        var props = new PipelineStackProps
        {
            EnvironmentName = environment,
            AlertEmails = emails,
            EmailSeverities = severities.Count > 0 ? severities : Severities.Default,
            Slack = slack,
            ProvisionedShards = Shards(reader),
            RetentionHours = reader.Number(ContextKeys.RetentionHours, fallback: 72, least: 24, most: 8760),
            FunctionFolder = FunctionFolder(reader, root),
            AgentArchive = AgentArchive(reader, root),
            AgentArchitecture = reader.Choice(ContextKeys.AgentArchitecture, AgentArchitecture.X64,
                ("x64", AgentArchitecture.X64), ("arm64", AgentArchitecture.Arm64)),
            FleetTag = Tag(reader),
            RetainData = reader.Choice(ContextKeys.RetainData, true, ("true", true), ("false", false)),
            Description = $"eBPF security telemetry from EC2 to alerts ({environment})",
        };
        return reader.Faults.Count == 0 ? props : throw new InvalidContextException(reader.Faults);
    }

    private static SlackChannel? Slack(ContextReader reader)
    {
        var workspace = reader.Matching(ContextKeys.SlackWorkspaceId, WorkspacePattern(),
            "Write the workspace id, e.g. T0123ABCD.");
        var channel = reader.Matching(ContextKeys.SlackChannelId, ChannelPattern(),
            "Write the channel id, not its name, e.g. C0123ABCD.");
        if (reader.Has(ContextKeys.SlackWorkspaceId) != reader.Has(ContextKeys.SlackChannelId))
        {
            var absent = reader.Has(ContextKeys.SlackChannelId) ? ContextKeys.SlackWorkspaceId : ContextKeys.SlackChannelId;
            reader.Fault(absent, "Only one half of the Slack channel is given.", "Write both keys or neither.");
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

    private static FleetTag? Tag(ContextReader reader)
    {
        var tag = reader.Matching(ContextKeys.FleetTag, TagPattern(),
            "Write the tag of the instances as Key=Value, e.g. edge-agent=on.");
        var split = tag?.Split('=', 2);
        return split is null ? null : new FleetTag(split[0], split[1]);
    }

    private static string FunctionFolder(ContextReader reader, string root)
    {
        var folder = Path.GetFullPath(reader.Text(ContextKeys.FunctionPath) ?? DefaultFunctionPath, root);
        if (!File.Exists(Path.Combine(folder, FunctionAssembly)))
        {
            reader.Fault(ContextKeys.FunctionPath, $"{folder} holds no {FunctionAssembly}.",
                "Run 'make publish' first, or name the published folder.");
        }
        else if (!Directory.Exists(Path.Combine(folder, RulesFolder)))
        {
            reader.Fault(ContextKeys.FunctionPath, $"{folder} holds no {RulesFolder} folder, so nothing would be detected.",
                "Run 'make publish' again, or name the published folder.");
        }

        return folder;
    }

    private static string AgentArchive(ContextReader reader, string root)
    {
        var archive = Path.GetFullPath(reader.Text(ContextKeys.AgentPath) ?? DefaultAgentPath, root);
        if (!File.Exists(archive))
        {
            reader.Fault(ContextKeys.AgentPath, $"There is no file {archive}.",
                "Run 'make publish' first, or name the published .tar.gz.");
        }

        return archive;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{0,19}$")]
    private static partial Regex EnvironmentPattern();

    [GeneratedRegex("^[^@\\s,]+@[^@\\s,]+\\.[^@\\s,.]+$")]
    private static partial Regex EmailPattern();

    [GeneratedRegex("^[A-Z0-9]{5,255}$")]
    private static partial Regex WorkspacePattern();

    [GeneratedRegex("^[A-Z0-9]{5,255}$")]
    private static partial Regex ChannelPattern();

    [GeneratedRegex("^[^=]{1,128}=.{1,256}$")]
    private static partial Regex TagPattern();
}
