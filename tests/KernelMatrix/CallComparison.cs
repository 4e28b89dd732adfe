using System.Text.Json;

namespace KernelMatrix;

/// <summary>Compares the report of a system call with what was done.</summary>
internal static class CallComparison
{
    private const long Kind = 7;
    private const long Denied = -13;
    private const long Unverified = 1 << 6;
    private const long Compat32 = 1;
    private const long IoUring = 2;
    private const string None = "";
    private const string First = "first";
    private const string Second = "second";

    /// <summary>What each scenario's event must hold: the call, which of the trigger's arguments are its names, and its numbers.</summary>
    private static readonly Dictionary<string, (long Call, string Name, string Other, long[] Arguments)> Expected = new()
    {
        ["call_open_refused"] = (1, First, None, [2]),
        ["call_rename"] = (2, Second, First, [0]),
        ["call_link"] = (3, Second, First, []),
        ["call_symlink"] = (4, Second, First, []),
        ["call_unlink"] = (5, First, None, []),
        ["uring_rename"] = (2, Second, First, [0]),
        ["uring_link"] = (3, Second, First, []),
        ["uring_symlink"] = (4, Second, First, []),
        ["uring_unlink"] = (5, First, None, []),
        ["uring_raw_socket"] = (22, None, None, [2, 3, 1]),
        ["call_chmod"] = (7, First, None, [0x9E9]),
        ["call_fchmod"] = (7, First, None, [0x1A0]),
        ["call_memfd_create"] = (16, First, None, [1]),
        ["call_unshare"] = (21, None, None, [0x40000000]),
        ["call_ptrace"] = (14, None, None, [16]),
        ["call_raw_socket"] = (22, None, None, [2, 0x80003, 1]),
        ["call_raw_int80"] = (22, None, None, [2, 3, 1]),
    };

    /// <summary>True when it was reported.</summary>
    internal static bool Compare(ScenarioRun scenario, Differences found)
    {
        var (truth, expected) = (scenario.Truth, Expected[scenario.Name]);
        var calls = scenario.Events.Where(e =>
            Number(e, "kind") == Kind && Number(e, "pid") == Number(truth, "pid") && Number(e, "call") == expected.Call).ToList();
        if (calls.Count != 1)
        {
            found.Add($"{calls.Count} events instead of 1");
            return calls.Count > 0;
        }

        var (call, isObject) = (calls[0], scenario.Name == "call_fchmod");
        found.Actor(call, truth);
        found.Time(call, truth);
        found.Number(call, "result", Number(truth, "result"));
        found.Text(call, "name", Named(truth, expected.Name));
        found.Text(call, "other_name", Named(truth, expected.Other));
        found.Text(call, "folder", scenario.Name == "call_memfd_create" ? "/" : "");
        found.Text(call, "other_folder", "");
        found.Number(call, "origin", Origin(scenario.Name));
        found.Number(call, "path_flags", isObject ? 0 : Unverified);
        found.Number(call, "watch", isObject ? 1 : 0);
        found.Number(call, "inode", isObject ? Number(truth, "inode") : 0);
        for (var i = 0; i < expected.Arguments.Length; i++)
        {
            found.Number(call, $"argument{i}", expected.Arguments[i]);
        }

        if (scenario.Name == "call_ptrace")
        {
            found.Number(call, "argument1", Number(truth, "target"));
        }

        if (scenario.Name == "call_open_refused")
        {
            found.Number(truth, "result", Denied);
        }

        return true;
    }

    private static long Origin(string scenario) =>
        scenario == "call_raw_int80" ? Compat32 : scenario.StartsWith("uring_", StringComparison.Ordinal) ? IoUring : 0;

    private static string Named(JsonElement truth, string which) => which == None ? "" : truth.GetProperty(which).GetString()!;

    private static long Number(JsonElement item, string field) => item.GetProperty(field).GetInt64();
}
