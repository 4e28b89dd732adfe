using Detection.Findings;

namespace AlertLambda.Findings;

/// <summary>What people are told about a kind of finding: as a rule says it of its incidents. Immutable.</summary>
/// <param name="Id">What subscriptions filter by, in the place of a rule's id.</param>
/// <param name="Title">One line.</param>
/// <param name="Level">How urgent.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Harmless">Harmless explanations.</param>
/// <param name="NextSteps">What to do first.</param>
public sealed record FindingText(
    string Id, string Title, RuleLevel Level, string Meaning, IReadOnlyList<string> Harmless, IReadOnlyList<string> NextSteps)
{
    private static readonly Dictionary<FindingKind, FindingText> ByKind = new()
    {
        [FindingKind.TelemetryGap] = new(
            "telemetry-gap", "Telemetry is missing", RuleLevel.Medium,
            "Numbers of events, or a frame, never came, and the agent did not say that it lost them. What happened in that time on this host may have been seen by no rule.",
            ["The agent was restarted on a host where its probes do not outlive it.", "The stream's retention ended before the function read the records."],
            ["Look whether the agent was restarted at that time, and by whom (edge-agent status; journalctl -u edge-agent).",
             "If nobody restarted it: treat the host as one on which somebody was root, and look at what else is known of that time."]),
        [FindingKind.ForgedTelemetry] = new(
            "forged-telemetry", "Telemetry was sent by somebody else", RuleLevel.High,
            "Two frames claim the same place in this host's chain. One of them was not sent by its agent: somebody with the rights to write to the stream sends in its name.",
            ["A disk image or snapshot of the host was started beside it, and has the same host id."],
            ["Look in CloudTrail for uses of the agent's role from elsewhere than this instance.", "Take the role's sessions away (revoke active sessions) and start the agent anew."]),
        [FindingKind.BadTelemetry] = new(
            "bad-telemetry", "Records that are no telemetry", RuleLevel.Medium,
            "Records of the stream cannot be read as frames. They are kept in quarantine, and everything else goes on.",
            ["An agent newer than the function: deploy the function first.", "Somebody tried the stream by hand."],
            ["Look at the kept record and its reason (runbook: quarantine in docs/operations.md).", "If no agent of yours sent it: find out who may write to the stream."]),
        [FindingKind.AgentSilent] = new(
            "agent-silent", "An agent fell silent", RuleLevel.High,
            "Nothing came from this host for several minutes, not even the heartbeat of each minute, and nobody stopped or terminated the instance.",
            ["The host lost its network, or is so busy that nothing runs.", "The agent was taken off the host by hand."],
            ["Look whether the instance runs and answers.", "On the host: edge-agent status; systemctl status edge-agent; journalctl -u edge-agent.",
             "If somebody stopped the agent and nobody of yours did: treat the host as one on which somebody was root."]),
        [FindingKind.AgentDegraded] = new(
            "agent-degraded", "An agent sees less than it should", RuleLevel.Medium,
            "The agent says that it lost events or that one of its probes does not report. The losses are counted; verdicts that depend on them are told as not certain.",
            ["A build or a scan made more events than the rings hold.", "Kinesis was not reachable for longer than the spool lasts."],
            ["On the host: edge-agent status, and edge-agent doctor for the probes.", "If it comes again: raise spool.maxMegabytes, or leave out what is noisy (docs/operations.md).",
             "A probe that is silent although nobody changed the kernel may have been detached: look at who was root then."]),
        [FindingKind.ClockSkew] = new(
            "clock-skew", "A host's clock is wrong", RuleLevel.Low,
            "The times of this host's events are those of its clock, and that is ahead or was set. Correlations with other hosts suffer; those of the host itself do not.",
            ["Time synchronisation had just begun."],
            ["On the host: timedatectl. Restart the agent when the clock is right: it reads it at its start."]),
        [FindingKind.RuleRefused] = new(
            "rule-refused", "Rules were not loaded", RuleLevel.High,
            "These rules are wrong or use what is not supported. They find nothing until they are mended.",
            ["A rule pack for a newer version of the function."],
            ["./pipeline rules check PATH says the same, with places and what to write instead."]),
        [FindingKind.ExceptionLapsed] = new(
            "exception-lapsed", "An exception of the tuning is over", RuleLevel.Low,
            "The rule fires again at what the exception left out.",
            ["That is what its date was for."],
            ["Take the exception out of tuning.yaml, or give it a new date and a reason that still holds."]),
    };

    /// <summary>The texts of a kind.</summary>
    public static FindingText Of(FindingKind kind) => ByKind[kind];
}
