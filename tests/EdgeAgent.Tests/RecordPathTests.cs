using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using EdgeAgent.Intake;
using EdgeAgent.Options;
using EdgeAgent.Probes;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Codec;
using Wire.Model;

namespace EdgeAgent.Tests;

public sealed class RecordPathTests : IDisposable
{
    private const int EventsPerPass = 4000;
    private const int Passes = 25;

    /// <summary>A frame has a few objects, however many events are in it.</summary>
    private const int BytesPerFrame = 1536;
    private static readonly TimeSpan LongestWarmUp = TimeSpan.FromMinutes(1);
    private static readonly AgentOptions AllTold = new() { FloodAlikePerSecond = 0 };
    private readonly TemporaryFolder _folder = new();
    private readonly FrameEncoder _encoder = new();
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public RecordPathTests() => _folder.File("passwd", "root:x:0:0:::\nalice:x:1000:1000:::\n");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(EventKind.Connect, 1)]
    [InlineData(EventKind.Connect, 300)]
    [InlineData(EventKind.Send, 1)]
    [InlineData(EventKind.FileOpen, 1)]
    [InlineData(EventKind.Call, 1)]
    public void Events_that_tell_of_nothing_new_allocate_nothing_from_record_to_encoded_frame(EventKind kind, int actors)
    {
        var (frames, events) = (0L, 0L);
        var path = new PathWithoutKernel(_folder["passwd"], Encode, AllTold);
        var records = UnlikeRecords.Of(kind, EventsPerPass, actors);

        // Code that is not optimized yet puts on the heap what optimized code does not; when it is optimized is up to another thread,
        // which waits as long as tests beside this one bring new code.
        long allocated;
        var patience = Stopwatch.StartNew();
        do
        {
            allocated = AllocatedBy();
        }
        while (allocated > frames * BytesPerFrame && patience.Elapsed < LongestWarmUp);

        Assert.Equal(Passes * EventsPerPass, events);
        Assert.InRange(allocated, 0, frames * BytesPerFrame);
        Assert.Equal(0, allocated / events);

        long AllocatedBy()
        {
            (frames, events) = (0, 0);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var pass = 0; pass < Passes; pass++)
            {
                path.Pass(records);
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        void Encode(Frame frame)
        {
            _bytes.ResetWrittenCount();
            Assert.True(_encoder.TryEncode(frame, _bytes));
            frames++;
            events += frame.Events.Count;
        }
    }

    [Fact]
    public void Flood_allocates_nothing_however_many_there_are_alike()
    {
        var path = new PathWithoutKernel(_folder["passwd"], _ => { });
        var records = Enumerable.Range(0, EventsPerPass).Select(_ => KernelBytes.Network(task: UnlikeRecords.Shell)).ToArray();
        for (var pass = 0; pass < 3; pass++)
        {
            path.Pass(records);
        }

        path.Number(records);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var record in records)
        {
            path.Records.Take(record);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Records_that_are_alike_and_no_records_are_each_told_as_lost()
    {
        var lost = new List<LostRange>();
        var path = new PathWithoutKernel(_folder["passwd"], frame => lost.AddRange(frame.Lost));
        var records = Enumerable.Range(0, 200).Select(_ => KernelBytes.Network(task: UnlikeRecords.Shell)).ToArray();
        foreach (var record in records)
        {
            MemoryMarshal.AsRef<EdgeHeader>(record.AsSpan()).Size++;
        }

        path.Pass(records);
        Assert.Equal((200, 0), (path.Unparsed, path.Seen));
        Assert.Equal(200, lost.Sum(range => (int)range.Range.Count));
        Assert.All(lost, range => Assert.Equal(LossCause.Unparsed, range.Cause));
    }

    [Fact]
    public void What_the_life_before_sent_or_left_out_is_not_sent_again_and_tells_of_processes_all_the_same()
    {
        var frames = new List<(SequenceRange Range, ulong[] Events)>();
        var path = new PathWithoutKernel(
            _folder["passwd"], frame => frames.Add((frame.Range, [.. frame.Events.Select(e => e.Sequence)])), start: new LaneNumbers(Sent: 5, Settled: 7));
        var child = new ProcessKey(300, 3_000_000_000);
        byte[] fork = KernelBytes.Fork(UnlikeRecords.Shell, child.Pid, child.StartNs);
        var flood = Enumerable.Range(0, 6).Select(_ => KernelBytes.Network(task: UnlikeRecords.Shell));
        path.Pass([fork, .. flood, KernelBytes.Network(task: UnlikeRecords.Shell, port: 22), KernelBytes.Network(task: UnlikeRecords.Shell, port: 25)]);

        var (range, events) = Assert.Single(frames, frame => frame.Events.Length > 0);
        Assert.Equal((new SequenceRange(6, 9), 2), (range, path.Seen));
        Assert.Equal([8ul, 9], events);
        Assert.NotNull(path.Processes.Find(child));
    }

    [Fact]
    public void Events_that_are_used_again_show_nothing_of_what_they_were()
    {
        var root = KernelBytes.Task(PathWithoutKernel.Shell.Pid, PathWithoutKernel.Shell.StartNs, 1, 1_000_000, uid: 0, loginUid: Credentials.Unset);
        byte[][] first =
        [
            KernelBytes.Network(task: UnlikeRecords.Shell), KernelBytes.FileOpen(UnlikeRecords.Shell),
            KernelBytes.Call(CallKind.Ptrace, task: UnlikeRecords.Shell, second: 9, result: -13),
        ];
        byte[][] second =
        [
            KernelBytes.Network(EventKind.Send, "2001:db8::1", 53, 17, root), KernelBytes.FileOpen(root, "/b"u8.ToArray(), [], default(EdgeFile), 0),
            KernelBytes.Call(CallKind.Unshare, task: root, first: 1),
        ];

        var again = Told(path => path.Pass(first), path => path.Pass(second));
        var alone = Told(path => path.Number(first), path => path.Pass(second));

        Assert.Equal(3, alone.Count);
        Assert.Equal(alone, again.Skip(3));
    }

    private List<string> Told(params Action<PathWithoutKernel>[] passes)
    {
        var told = new List<string>();
        var path = new PathWithoutKernel(_folder["passwd"], frame => told.AddRange(frame.Events.Select(EventText.Of)), AllTold);
        foreach (var pass in passes)
        {
            pass(path);
        }

        return told;
    }
}
