using System.Diagnostics.CodeAnalysis;
using Detection.Taxonomy;
using LocalPipeline.Recording;
using Wire.Text;

namespace LocalPipeline.Replay;

/// <summary>Reads events of one JSON object a line. What is no event is counted and told, and the rest is read.</summary>
/// <param name="name">Name of the input in messages.</param>
/// <param name="messages">Receives a line per fault.</param>
internal sealed class FieldEventLog(string name, TextWriter messages)
{
    /// <summary>Lines that are no event. Blank ones are not counted.</summary>
    internal int Faults { get; private set; }

    /// <summary>All events, in the order of the file.</summary>
    /// <exception cref="InvalidDataException">It is a recording of ours.</exception>
    internal IReadOnlyList<FieldEvent> Read(System.IO.Stream input)
    {
        var events = new List<FieldEvent>();
        foreach (var (number, line) in JsonLines.Read(input, FieldEventReader.MaxBytes))
        {
            if (line.Span.IndexOfAnyExcept(" \t"u8) < 0)
            {
                continue;
            }

            if (IsRecording(line.Span, number))
            {
                throw new InvalidDataException($"{SafeText.Escape(name)} is a recording of `pipeline record`, which has no JSON lines; play it with: pipeline replay FILE");
            }

            if (TryRead(line.Span, number, events.Count > 0 ? events[^1] : null, out var e, out var fault))
            {
                events.Add(e);
            }
            else
            {
                Faults++;
                messages.WriteLine($"{SafeText.Escape(name)}:{number}: {fault}");
            }
        }

        return events;
    }

    // One line says it: a recording has a fault in each of its lines.
    private static bool IsRecording(ReadOnlySpan<byte> line, long number) => number == 1 && line.StartsWith(RecordingFormat.Magic);

    private static bool TryRead(
        ReadOnlySpan<byte> line, long number, FieldEvent? before, [NotNullWhen(true)] out FieldEvent? e, [NotNullWhen(false)] out string? fault)
    {
        var timeNs = before?.TimeNs ?? 0;
        if (!FieldEventReader.TryRead(line, number, timeNs, out e, out fault))
        {
            return false;
        }

        // Of another host it could come before the line that it follows: then only a later time keeps the order of the file.
        return e.TimeNs != timeNs || e.Fields.ContainsKey("@timestamp") || before is null || before.Id <= e.Id
            || FieldEventReader.TryRead(line, number, timeNs + 1, out e, out fault);
    }
}
