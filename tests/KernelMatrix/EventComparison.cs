using System.Text.Json;

namespace KernelMatrix;

/// <summary>Compares what was reported with what was done, field by field.</summary>
internal static class EventComparison
{
    private const long Exec = 1, Fork = 2, Exit = 3, FileOpen = 4, Connect = 5, Send = 6;
    private const long Compat32 = 1, IoUring = 2;
    private const long Deleted = 1 << 2, Alias = 1 << 3;
    private const long CreateFlag = 0x40;
    private const long Folder = 4;
    private const string Refused = "open_refused";
    private const int MinorBits = 20;

    /// <summary>The verdict over one scenario.</summary>
    internal static Verdict Judge(Boot boot, BackendRun run, ScenarioRun scenario)
    {
        var found = new Differences();
        var isDone = Number(scenario.Truth, "ended") == 0 || scenario.Name == Refused;
        var isReported = isDone && run.Signal switch
        {
            "file-open" => Open(scenario, found),
            "process" => Process(scenario, found),
            "calls" => CallComparison.Compare(scenario, KnownGaps.IsCheckOfChanges(run), found),
            _ => Network(scenario, found),
        };
        return isReported
            ? new Verdict(scenario.Name, found.Any ? Outcome.Wrong : Outcome.Right, found.ToString())
            : KnownGaps.ReasonOf(boot, run, scenario.Name) is { } reason
                ? new Verdict(scenario.Name, Outcome.KnownGap, reason)
                : new Verdict(scenario.Name, Outcome.Wrong, isDone ? found.Any ? found.ToString() : "not reported" : "the trigger failed");
    }

    private static bool Open(ScenarioRun scenario, Differences found)
    {
        var truth = scenario.Truth;
        if (truth.TryGetProperty("reported", out var reported))
        {
            found.Number(truth, "reported", Number(truth, "opens"));
            return !found.Any;
        }

        var opens = Of(scenario, FileOpen);
        var expected = scenario.Name switch { Refused => 0, "open_deleted" => 2, _ => 1 };
        if (opens.Count != expected)
        {
            found.Add($"{opens.Count} events instead of {expected}");
        }

        if (expected == 0 || opens.Count == 0)
        {
            return expected == opens.Count;
        }

        var open = opens[^1];
        var isDeleted = scenario.Name == "open_deleted";
        var isUring = scenario.Name.StartsWith("uring_", StringComparison.Ordinal);
        found.Actor(open, truth, ownThread: scenario.Name is not ("uring_async" or "uring_polled"));
        found.Time(open, truth);
        found.Text(open, "path", Text(truth, "path").Replace(" (deleted)", "", StringComparison.Ordinal));
        found.Text(open, "asked", Text(truth, "asked"));
        found.Number(open, "inode", Number(truth, "inode"));
        found.Number(open, "device", (Number(truth, "major") << MinorBits) | Number(truth, "minor"));
        found.Number(open, "links", isDeleted ? 0 : scenario.Name == "open_hardlink" ? 2 : 1);
        found.Number(open, "flags", Number(truth, "flags") | (scenario.Name == "open_creates" ? CreateFlag : 0));
        found.Number(open, "origin", isUring ? IoUring : scenario.Name == "open_int80" ? Compat32 : 0);
        found.Number(open, "path_flags", isDeleted ? Deleted : scenario.Name == "open_hardlink" ? Alias : 0);
        found.Number(open, "watch", scenario.Name is "open_in_new_folder" or "open_in_moved_folder" ? Folder : 1);
        return true;
    }

    private static bool Process(ScenarioRun scenario, Differences found)
    {
        var (truth, child) = (scenario.Truth, Number(scenario.Truth, "child"));
        var execs = Of(scenario, Exec);
        var forks = Of(scenario, Fork);
        var ends = Of(scenario, Exit);
        var endsOfChild = scenario.Events.Where(e => Number(e, "kind") == Exit && Number(e, "pid") == child).ToList();
        if ((execs.Count, forks.Count, ends.Count, endsOfChild.Count) != (1, 1, 1, 1))
        {
            found.Add($"{execs.Count} execs, {forks.Count} forks, {ends.Count} own exits and {endsOfChild.Count} of the child, instead of one each");
            return execs.Count + forks.Count + ends.Count + endsOfChild.Count > 0;
        }

        found.Actor(execs[0], truth);
        found.Text(execs[0], "path", "/trigger");
        found.Text(execs[0], "asked", "/trigger");
        found.Text(execs[0], "interpreter", "");
        found.Text(execs[0], "cwd", "/");
        found.Text(execs[0], "argv", scenario.Name == "exit_threads" ? "/trigger\0exit_threads" : "/trigger\0fork_exit\07");
        found.Actor(forks[0], truth);
        found.Time(forks[0], truth);
        found.Number(forks[0], "child", child);
        found.Time(endsOfChild[0], truth);
        found.Number(endsOfChild[0], "ppid", Number(truth, "pid"));
        found.Number(endsOfChild[0], "status", Number(truth, "status"));
        found.Number(ends[0], "status", Number(truth, "ended"));
        if (scenario.Name == "exit_noted")
        {
            found.Number(truth, "note_left", 0);
        }

        return true;
    }

    private static bool Network(ScenarioRun scenario, Differences found)
    {
        var truth = scenario.Truth;
        var isSend = scenario.Name.StartsWith("send", StringComparison.Ordinal);
        var events = Of(scenario, isSend ? Send : Connect);
        var expected = scenario.Name switch { "connect4_excluded" => 0, "sendmmsg4" => 2, _ => 1 };
        if (events.Count != expected)
        {
            found.Add($"{events.Count} events instead of {expected}");
        }

        for (var i = 0; i < events.Count; i++)
        {
            found.Actor(events[i], truth);
            found.Time(events[i], truth);
            found.Text(events[i], "address", Text(truth, "address"));
            found.Number(events[i], "port", Number(truth, "port") + i);
            found.Number(events[i], "protocol", Number(truth, "protocol"));
        }

        return events.Count > 0 || expected == 0;
    }

    private static List<JsonElement> Of(ScenarioRun scenario, long kind) =>
        [.. scenario.Events.Where(e => Number(e, "kind") == kind && Number(e, "pid") == Number(scenario.Truth, "pid"))];

    private static long Number(JsonElement item, string field) => item.GetProperty(field).GetInt64();

    private static string Text(JsonElement item, string field) => item.GetProperty(field).GetString()!;
}
