using System.Runtime.InteropServices;
using EdgeAgent.Interop;

namespace EdgeAgent.Delivery;

/// <summary>Standard output or standard error, unbuffered. A write waits for its reader and holds up nobody else.</summary>
/// <remarks>
/// Not <see cref="Console"/>: that takes one lock for the writes of both streams, so that a reader who stops reading one blocks the
/// other. Not <see cref="FileStream"/>: two of them on the same file overwrite each other.
/// </remarks>
internal sealed class StandardStream : Stream
{
    private static readonly TimeSpan FullPause = TimeSpan.FromMilliseconds(10);
    private readonly int _descriptor;

    private StandardStream(int descriptor) => _descriptor = descriptor;

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Standard output.</summary>
    internal static StandardStream Output() => new(1);

    /// <summary>Standard error.</summary>
    internal static StandardStream Error() => new(2);

    /// <inheritdoc/>
    /// <exception cref="IOException">Nobody can read it any more, or the disk is full; the front of the bytes may have been written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var written = LibC.write(_descriptor, buffer, (nuint)buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }

            var errno = Marshal.GetLastPInvokeError();
            if (errno == LibC.EAGAIN)
            {
                // Another process made the shared pipe non-blocking.
                Thread.Sleep(FullPause);
            }
            else if (errno != LibC.EINTR)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(errno));
            }
        }
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
