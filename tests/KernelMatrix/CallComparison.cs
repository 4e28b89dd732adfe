using System.Text.Json;

namespace KernelMatrix;

/// <summary>Compares the report of a system call with what was done.</summary>
internal static class CallComparison
{
    private const long Kind = 7;
    private const long Symlink = 4;
    private const long Folder = 4;
    private const long Denied = -13;
    private const long Unverified = 1 << 6;
    private const long Compat32 = 1;
    private const long IoUring = 2;
    private const string None = "";
    private const string First = "first";
    private const string Second = "second";

    /// <summary>All calls that are told, native or 32-bit: each once.</summary>
    private const string Every = "call_every";

    /// <summary>Of a folder whose content is watched.</summary>
    private const string HeldFolder = "held_rmdir";

    /// <summary>A call by which nothing watched is changed, whose name becomes a watched one while it waits.</summary>
    private const string HeldOther = "held_other";

    /// <summary>A call by which nothing watched is changed, of a thread of whose earlier change a note was left.</summary>
    private const string AfterNote = "call_after_note";

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
        ["held_rename"] = (2, Second, First, [0]),
        ["held_link"] = (3, Second, First, []),
        ["held_symlink"] = (4, Second, First, []),
        ["held_unlink"] = (5, First, None, []),
        [HeldFolder] = (5, First, None, []),
        ["held_truncate"] = (6, First, None, [1]),
        ["held_chmod"] = (7, First, None, [0x1A0]),
        ["held_chown"] = (8, First, None, [65534, 65533]),
        ["held_traced_rename"] = (2, Second, First, [0]),
        ["held_traced_unlink"] = (5, First, None, []),
        [HeldOther] = (5, Second, None, []),
        [AfterNote] = (5, First, None, []),
        ["call_memfd_create"] = (16, First, None, [1]),
        ["call_unshare"] = (21, None, None, [0x40000000]),
        ["call_ptrace"] = (14, None, None, [16]),
        ["call_raw_socket"] = (22, None, None, [2, 0x80003, 1]),
        ["call_filtered"] = (21, None, None, [0x04000000]),
        ["call_raw_int80"] = (22, None, None, [2, 3, 1]),
    };

    /// <summary>Calls whose names the kernel's own check tells of, where it is asked. A new symbolic link has no identity then.</summary>
    private static readonly HashSet<string> Checked =
    [
        "call_rename", "call_link", "call_symlink", "call_unlink", "call_chmod",
        "held_rename", "held_link", "held_symlink", "held_unlink", HeldFolder, "held_truncate", "held_chmod", "held_chown",
        "held_traced_rename", "held_traced_unlink",
    ];

    /// <summary>True when it was reported.</summary>
    /// <param name="scenario">What was done, and what was reported.</param>
    /// <param name="isChecked">Whether the kernel's check of changes was asked.</param>
    /// <param name="found">Takes what differs.</param>
    internal static bool Compare(ScenarioRun scenario, bool isChecked, Differences found)
    {
        if (scenario.Name.StartsWith(Every, StringComparison.Ordinal))
        {
            found.Text(scenario.Truth, "odd", "");
            found.Number(scenario.Truth, "told", scenario.Events.Count(e => Number(e, "kind") == Kind && Number(e, "pid") == Number(scenario.Truth, "pid")));
            return scenario.Events.Count > 0;
        }

        var (truth, expected) = (scenario.Truth, Expected[scenario.Name]);
        var calls = scenario.Events.Where(e =>
            Number(e, "kind") == Kind && Number(e, "pid") == Number(truth, "pid") && Number(e, "call") == expected.Call).ToList();
        var count = scenario.Name is HeldOther or AfterNote ? 0 : 1;
        if (calls.Count != count)
        {
            found.Add($"{calls.Count} events instead of {count}");
            return count == 1 && calls.Count > 0;
        }

        if (count == 0)
        {
            found.Number(truth, "result", 0);
            if (scenario.Name == AfterNote && isChecked)
            {
                found.Number(truth, "note_left", 0);
            }

            return true;
        }

        var call = calls[0];
        var isResolved = scenario.Name == "call_fchmod" || (isChecked && Checked.Contains(scenario.Name));
        var isObject = isResolved && expected.Call != Symlink;
        found.Actor(call, truth);
        found.Time(call, truth);
        found.Number(call, "result", Number(truth, "result"));
        found.Text(call, "name", Named(truth, expected.Name));
        found.Text(call, "other_name", Named(truth, expected.Other));
        found.Text(call, "folder", scenario.Name == "call_memfd_create" ? "/" : "");
        found.Text(call, "other_folder", "");
        found.Number(call, "origin", Origin(scenario.Name));
        found.Number(call, "path_flags", isResolved ? 0 : Unverified);
        found.Number(call, "watch", !isObject ? 0 : scenario.Name == HeldFolder ? Folder : 1);
        found.Number(call, "inode", isObject ? truth.TryGetProperty("inode", out var inode) ? inode.GetInt64() : Math.Max(1, Number(call, "inode")) : 0);
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
