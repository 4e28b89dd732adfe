using System.Text.Json;

namespace KernelMatrix;

/// <summary>Reads what a guest printed: JSON objects behind a mark, among whatever else comes over a console.</summary>
internal static class GuestLog
{
    private const string Mark = "@@{";

    /// <summary>The boot as the guest told it.</summary>
    /// <param name="name">The boot's name.</param>
    /// <param name="lines">The console's lines.</param>
    internal static Boot Read(string name, IEnumerable<string> lines)
    {
        var release = "";
        var machine = "";
        var modules = "";
        var lockdown = "";
        var ended = false;
        var runs = new List<BackendRun>();
        var last = "";
        foreach (var line in lines)
        {
            last = line.Length > 0 ? line : last;
            if (Parse(line) is not { } item)
            {
                continue;
            }

            switch (item.GetProperty("is").GetString())
            {
                case "kernel":
                    release = Text(item, "release");
                    machine = Text(item, "machine");
                    modules = Text(item, "lsm");
                    lockdown = Text(item, "lockdown");
                    break;
                case "backend":
                    runs.Add(new BackendRun(Text(item, "signal"), Text(item, "backend"), Text(item, "refused"), item.GetProperty("steps").GetInt64(), new List<ScenarioRun>()));
                    break;
                case "truth":
                    ((List<ScenarioRun>)runs[^1].Scenarios).Add(new ScenarioRun(Text(item, "scenario"), item, new List<JsonElement>()));
                    break;
                case "event" when runs.Count > 0 && runs[^1].Scenarios.Count > 0:
                    ((List<JsonElement>)runs[^1].Scenarios[^1].Events).Add(item);
                    break;
                case "end":
                    ended = true;
                    break;
            }
        }

        return new Boot(name, release, machine, modules, lockdown, ended ? "" : $"the guest did not come to its end; its last line: {last}", IsAbsent: false, runs);
    }

    /// <summary>What a guest that counts instructions printed; empty when it did not come to its end.</summary>
    /// <param name="kernel">The kernel's name in the matrix.</param>
    /// <param name="lines">The console's lines.</param>
    internal static IReadOnlyList<Cost> ReadCosts(string kernel, IEnumerable<string> lines)
    {
        var items = lines.Select(Parse).OfType<JsonElement>().ToLookup(item => Text(item, "is"));
        return items["end"].Any() && items["kernel"].FirstOrDefault() is { ValueKind: JsonValueKind.Object } known
            ? [.. items["cost"].Select(item => new Cost(kernel, Text(known, "release"), Text(item, "set"), Text(item, "refused"), Number(item, "open"), Number(item, "getppid")))]
            : [];
    }

    private static double Number(JsonElement item, string key) => item.TryGetProperty(key, out var value) ? value.GetDouble() : 0;

    private static JsonElement? Parse(string line)
    {
        var start = line.IndexOf(Mark, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(line[(start + Mark.Length - 1)..]);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // The kernel wrote into the middle of the line.
            return null;
        }
    }

    private static string Text(JsonElement item, string key) => item.GetProperty(key).GetString()!;
}
