using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeAgent.Batching;

namespace EdgeAgent.Delivery;

/// <summary>All events as JSON lines, for Fluent Bit, Promtail, the CloudWatch agent and the like.</summary>
/// <remarks>A batch is written whole or, when the disk refuses it, tried again whole: a reader may see lines twice, told apart by boot, lane and seq.</remarks>
internal sealed class JsonLinesSink(Stream output) : IRecordSink, IDisposable
{
    // Only ASCII leaves: control characters, bidirectional overrides and the like are escaped as \uNNNN.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Default };
    private readonly ArrayBufferWriter<byte> _lines = new();
    private readonly EventJson _json = new();

    private bool _torn;

    /// <inheritdoc/>
    public string Name => "jsonl";

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        _lines.Clear();
        if (_torn)
        {
            // The attempt before may have left half a line.
            _lines.Write("\n"u8);
        }

        foreach (var e in batch.Decode().Events)
        {
            using (var json = new Utf8JsonWriter(_lines, Options))
            {
                _json.Write(json, e);
            }

            _lines.Write("\n"u8);
        }

        try
        {
            await output.WriteAsync(_lines.WrittenMemory, cancellation);
            await output.FlushAsync(cancellation);
            _torn = false;
            return ShipOutcome.Delivered;
        }
        catch (IOException e)
        {
            _torn = true;
            return ShipOutcome.Retry(e.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => output.Dispose();
}
