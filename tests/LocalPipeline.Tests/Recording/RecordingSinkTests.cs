using System.Buffers;
using System.Diagnostics;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using LocalPipeline.Recording;
using Support;
using Wire.Codec;

namespace LocalPipeline.Tests.Recording;

public sealed class RecordingSinkTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Recording_is_for_its_owner_only()
    {
        using var sink = new RecordingSink(_folder["recording"]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["recording"]));
    }

    [RootFact]
    public async Task Full_disk_is_a_reason_to_try_again_and_leaves_no_half_frame()
    {
        var disk = _folder.Folder("disk");
        await RunAsync("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
        try
        {
            var frame = Some.Frame([Some.Exec(Some.Process(arguments: [new string('x', 4500), new string('y', 4500)]))]);
            var bytes = new ArrayBufferWriter<byte>();
            Assert.True(new FrameEncoder().TryEncode(frame, bytes));
            var batch = new Batch(frame, bytes.WrittenMemory);
            var filler = Path.Combine(disk, "filler");
            await File.WriteAllBytesAsync(filler, new byte[40 * 1024]);
            var delivered = 0;
            using (var sink = new RecordingSink(Path.Combine(disk, "recording")))
            {
                var outcome = await sink.ShipAsync(batch, CancellationToken.None);
                for (; outcome.Result == ShipResult.Delivered && delivered < 1000; delivered++)
                {
                    outcome = await sink.ShipAsync(batch, CancellationToken.None);
                }

                Assert.Equal(ShipResult.Retry, outcome.Result);
                File.Delete(filler);
                Assert.Equal(ShipOutcome.Delivered, await sink.ShipAsync(batch, CancellationToken.None));
            }

            using var recording = File.OpenRead(Path.Combine(disk, "recording"));
            Assert.Equal(delivered + 1, RecordingReader.Read(recording, Assert.Fail).Count());
        }
        finally
        {
            await RunAsync("umount", disk);
        }
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
