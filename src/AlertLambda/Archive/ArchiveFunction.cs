using AlertLambda.Logging;
using AlertLambda.Options;
using Amazon.Lambda.Core;
using Amazon.Lambda.RuntimeSupport;
using Wire.Codec;
using Wire.Text;

namespace AlertLambda.Archive;

/// <summary>
/// The transformation of a Firehose stream: frames in, OCSF JSON lines out, for S3, OpenSearch or a SIEM. The same executable as the
/// function that alerts; <c>FUNCTION_TASK=archive</c> chooses it, because the handler's name of an executable is that of its assembly.
/// </summary>
/// <remarks>
/// Keeps nothing from one batch to the next. A record that is not a frame, or has no room in the answer, is not lost: Firehose keeps its
/// bytes under the prefix for errors. One invocation at a time.
/// </remarks>
/// <param name="options">How.</param>
/// <param name="log">Every batch and every failed record.</param>
public sealed class ArchiveFunction(ArchiveOptions options, JsonLog log)
{
    /// <summary>Most bytes of an answer: Lambda takes 6 MB (6,291,556 bytes) from a function that is waited for.</summary>
    public const int MaxAnswerBytes = 6_000_000;

    private const string TaskName = "FUNCTION_TASK";

    // Plain lines of one record; far beyond what the sensor sends, and small beside the memory of a function.
    private const int MaxLinesBytes = 48 * 1024 * 1024;

    // {"recordId":"…","result":"ProcessingFailed","data":"…"} without what stands in the quotes.
    private const int FrameOfResult = 64;

    private readonly EventLines _lines = new();

    /// <summary>True when the process is to run this function and not the one that alerts.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    public static bool IsAsked(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable(TaskName)?.Trim() == "archive";
    }

    /// <summary>Serves invocations until Lambda ends the process.</summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <param name="log">The function's log.</param>
    /// <returns>Exit code.</returns>
    /// <exception cref="InvalidOptionsException">With every fault.</exception>
    public static async Task<int> RunAsync(Func<string, string?> variable, JsonLog log)
    {
        var function = new ArchiveFunction(ArchiveOptions.Read(variable), log);
        using var bootstrap = LambdaBootstrapBuilder.Create<FirehoseEvent, FirehoseAnswer>(
            function.HandleAsync, ArchiveJsonContext.CreateSerializer()).Build();
        await bootstrap.RunAsync();
        return 0;
    }

    /// <summary>Takes one batch.</summary>
    public Task<FirehoseAnswer> HandleAsync(FirehoseEvent batch, ILambdaContext context)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(context);
        var counts = new ArchiveCounts();
        var records = batch.Records ?? [];

        // Every record is answered, whatever else has room.
        var room = MaxAnswerBytes - records.Sum(record => Escaped(record.RecordId) + FrameOfResult);
        var results = new List<FirehoseResult>(records.Count);
        foreach (var record in records)
        {
            var result = Transform(record, room, counts);
            room -= Base64Length(result.Data?.Length ?? 0);
            results.Add(result);
        }

        log.Write(counts.Failed == 0 ? LogLevel.Info : LogLevel.Warning, "archive", json =>
        {
            json.WriteString("requestId", context.AwsRequestId);
            json.WriteNumber("records", records.Count);
            json.WriteNumber("events", counts.Events);
            json.WriteNumber("dropped", counts.Dropped);
            json.WriteNumber("failed", counts.Failed);
            json.WriteNumber("lineBytes", counts.LineBytes);
        });
        return Task.FromResult(new FirehoseAnswer(results));
    }

    private FirehoseResult Transform(FirehoseRecord record, int room, ArchiveCounts counts)
    {
        var id = record.RecordId ?? "";
        try
        {
            var bytes = new byte[(record.Data?.Length ?? 0) / 4 * 3];
            if (!Convert.TryFromBase64String(record.Data ?? "", bytes, out var length))
            {
                return Fail(id, "the data is not base64", counts);
            }

            if (!FrameDecoder.TryDecode(bytes.AsSpan(0, length), out var frame, out var error))
            {
                return Fail(id, $"{error.Kind} at {error.Offset}: {error.Message}", counts);
            }

            if (frame.Events.Count == 0)
            {
                counts.Dropped++;
                return new FirehoseResult { RecordId = id, Result = FirehoseResult.Dropped };
            }

            var fits = _lines.TryWrite(frame, options.Gzip ? MaxLinesBytes : room / 4 * 3, out var lines);
            var data = !fits ? null : options.Gzip ? EventLines.Compress(lines) : lines.ToArray();
            if (data is null || Base64Length(data.Length) > room)
            {
                return Fail(id, $"no room for {frame.Events.Count} events in an answer of {MaxAnswerBytes} bytes: let Firehose buffer less, or set ARCHIVE_COMPRESSION=gzip", counts);
            }

            counts.Events += frame.Events.Count;
            counts.LineBytes += lines.Length;
            return new FirehoseResult { RecordId = id, Result = FirehoseResult.Ok, Data = data };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // A fault of ours at whatever bytes must not hold up the others.
            return Fail(id, e.ToString(), counts);
        }
    }

    private FirehoseResult Fail(string recordId, string reason, ArchiveCounts counts)
    {
        counts.Failed++;
        log.Write(LogLevel.Warning, "archive-record-failed", json =>
        {
            json.WriteString("recordId", SafeText.Escape(recordId));
            json.WriteString("reason", SafeText.Escape(reason));
        });
        return new FirehoseResult { RecordId = recordId, Result = FirehoseResult.Failed };
    }

    private static int Base64Length(int bytes) => (bytes + 2) / 3 * 4;

    // The serializer may write each character as \uNNNN.
    private static int Escaped(string? text) => (text?.Length ?? 0) * 6;
}
