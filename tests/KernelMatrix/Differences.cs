using System.Globalization;
using System.Text.Json;

namespace KernelMatrix;

/// <summary>Collects where an event and the truth are not the same.</summary>
internal sealed class Differences
{
    private readonly List<string> _found = [];

    internal bool Any => _found.Count > 0;

    internal void Add(string text) => _found.Add(text);

    /// <summary>Compares a number of the event with what it must be.</summary>
    internal void Number(JsonElement e, string field, long expected) => Compare(field, e.GetProperty(field).GetInt64(), expected);

    /// <summary>Compares a text of the event with what it must be.</summary>
    internal void Text(JsonElement e, string field, string expected) => Compare(field, e.GetProperty(field).GetString()!, expected);

    /// <summary>The event happened while the trigger did it.</summary>
    internal void Time(JsonElement e, JsonElement truth)
    {
        var at = e.GetProperty("boot_ns").GetInt64();
        var (before, after) = (truth.GetProperty("before_ns").GetInt64(), truth.GetProperty("after_ns").GetInt64());
        if (at < before || at > after)
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"boot_ns is {at}, not from {before} to {after}"));
        }
    }

    /// <summary>The event names who did it.</summary>
    /// <param name="e">The event.</param>
    /// <param name="truth">What the trigger says.</param>
    /// <param name="ownThread">False where a thread of the kernel's does the work.</param>
    internal void Actor(JsonElement e, JsonElement truth, bool ownThread = true)
    {
        foreach (var field in (string[])[
            "pid", "ppid", "sid", "uid", "euid", "gid", "egid", "capabilities", "terminal",
            "mount_namespace", "pid_namespace", "network_namespace", "user_namespace",
        ])
        {
            Number(e, field, truth.GetProperty(field).GetInt64());
        }

        if (ownThread)
        {
            Number(e, "tid", truth.GetProperty("tid").GetInt64());
            Text(e, "comm", "trigger");
        }
    }

    public override string ToString() => string.Join("; ", _found);

    private void Compare<T>(string field, T actual, T expected)
    {
        if (!EqualityComparer<T>.Default.Equals(actual, expected))
        {
            Add(string.Create(CultureInfo.InvariantCulture, $"{field} is {actual}, not {expected}"));
        }
    }
}
