using System.Globalization;
using System.Text;
using EdgeAgent.Batching;
using EdgeAgent.Delivery;
using EdgeAgent.Spool;
using Support;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

/// <summary>
/// A process that adds numbered batches to a spool and ships them to a file, until it is killed. What it may forget it writes to another file:
/// each line by one call, so that a line that is there was true.
/// </summary>
internal static class SpoolWriterProgram
{
    internal static async Task<int> RunAsync(string folder, ulong first)
    {
        using var delivered = OpenLines(Path.Combine(folder, "delivered"));
        using var spool = new DiskSpool(Path.Combine(folder, "spool"), 64 << 20, TimeProvider.System, Console.Error.WriteLine) { SegmentBytes = 64 * 1024 };
        var queue = new DeliveryQueue(64 << 20, null, TimeProvider.System, spool, isChained: true);
        var worker = new SinkWorker(new FileSink(delivered), queue, TimeProvider.System, Console.Error.WriteLine, spool);
        var running = worker.RunAsync(CancellationToken.None);
        using var durable = OpenLines(Path.Combine(folder, "durable"));
        var packer = new FramePacker();
        var told = new Dictionary<Lane, ulong>();
        Console.WriteLine("begun");
        for (var n = first; !running.IsCompleted; n++)
        {
            queue.Enqueue(packer.Pack(Some.Frame([Some.FileOpen(sequence: n)])).Single());
            queue.Enqueue(packer.Pack(Some.Frame([Some.Connect(sequence: n)])).Single());
            foreach (var lane in Enum.GetValues<Lane>())
            {
                var to = queue.DurableTo(lane);
                if (to > told.GetValueOrDefault(lane))
                {
                    told[lane] = to;
                    WriteLine(durable, $"{lane} {to}");
                }
            }

            await Task.Delay(1);
        }

        await running;
        return 0;
    }

    private static FileStream OpenLines(string path) => new(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private static void WriteLine(FileStream file, string line) => file.Write(Encoding.ASCII.GetBytes(line + '\n'));

    /// <summary>Slower than what comes, so that something always waits.</summary>
    private sealed class FileSink(FileStream file) : IRecordSink
    {
        public string Name => "file";

        public async Task<ShipOutcome> ShipAsync(Batch batch, CancellationToken cancellation)
        {
            await Task.Delay(2, cancellation);
            WriteLine(file, string.Create(CultureInfo.InvariantCulture, $"{batch.Lane} {batch.Range.First} {batch.Range.Last} {Convert.ToHexString(batch.Bytes.Span)}"));
            return ShipOutcome.Delivered;
        }
    }
}
