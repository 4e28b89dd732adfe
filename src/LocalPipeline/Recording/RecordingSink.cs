using System.Buffers.Binary;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;

namespace LocalPipeline.Recording;

/// <summary>Writes every batch to a recording.</summary>
internal sealed class RecordingSink : IRecordSink, IDisposable
{
    private readonly FileStream _file;

    /// <param name="path">New file, for its owner only; an existing one is replaced.</param>
    internal RecordingSink(string path)
    {
        // Unbuffered: what a full disk refused must not be written a second time by a later flush.
        _file = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.Read,
            BufferSize = 0,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
        _file.Write(RecordingFormat.Magic);
    }

    /// <inheritdoc/>
    public string Name => "recording";

    /// <inheritdoc/>
    public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
    {
        var start = _file.Position;
        var length = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, batch.Bytes.Length);
        try
        {
            await _file.WriteAsync(length, cancellation);
            await _file.WriteAsync(batch.Bytes, cancellation);
            return ShipOutcome.Delivered;
        }
        catch (IOException e)
        {
            _file.SetLength(start);
            return ShipOutcome.Retry($"cannot write {_file.Name}: {e.Message}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
