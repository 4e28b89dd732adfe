using EdgeAgent.Batching;
using EdgeAgent.Tests.Fakes;
using Support;
using Wire.Chain;
using Wire.Model;

namespace EdgeAgent.Tests.Spool;

/// <summary>
/// Lives of an agent on one spool, and what a receiver was told. Numbers of life n begin at n million, so a frame shows of which life it is.
/// </summary>
internal sealed class SpoolWorld : IDisposable
{
    private const ulong LifeStep = 1_000_000;

    // Files that are gone after the test need no disk.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"edge-test-{Guid.NewGuid():N}")).FullName;

    private readonly ManualTime _time = new();
    private readonly long _maxBytes;
    private readonly Dictionary<(ulong Life, Lane Lane), Expected> _expected = [];
    private readonly List<Frame> _told = [];
    private readonly Dictionary<Guid, ChainCheck> _chains = [];
    private readonly Dictionary<ChainPlace, int> _places = [];
    private readonly HashSet<(Lane Lane, ulong First)> _unknown = [];
    private SpooledQueue _agent;
    private ulong _life = 1;
    private int _unknownEnds;

    internal SpoolWorld(long maxBytes)
    {
        _maxBytes = maxBytes;
        _agent = Start();
    }

    /// <summary>One thing happens.</summary>
    /// <param name="what">Which, 0 to 99.</param>
    /// <param name="which">To what.</param>
    internal void Do(int what, int which)
    {
        var lane = which % 2 == 0 ? Lane.High : Lane.Bulk;
        switch (what)
        {
            case < 42: Add(lane, 1 + (ulong)(which % 3)); break;
            case < 46: _agent.AddEmpty(lane, Next(lane), Boot(_life)); break;
            case < 65: Ship(); break;
            case < 68: Refuse(); break;
            case < 80: Write(which % 100); break;
            case < 84: Write(2000); break;
            case < 88: Restart(); break;
            case < 90: ShipAndRestart(); break;
            case < 92: _agent.Spool.Step(final: true); Restart(); break;
            case < 96: Restart(() => Damage(Tear, which)); break;
            default: Restart(() => Damage(Flip, which)); break;
        }
    }

    /// <summary>Ships all that is left, and compares.</summary>
    internal void Check()
    {
        // Of this life, a last batch of each lane carries what is still owed.
        Add(Lane.High, 1);
        Add(Lane.Bulk, 1);
        while (_agent.Queue.Begin() is not null)
        {
            Ship();
        }

        Note();

        foreach (var lane in Enum.GetValues<Lane>())
        {
            var lives = _told.Where(f => f.Lane == lane).Select(LifeOf).ToList();
            Assert.Equal(lives.Order(), lives);
        }

        CheckChains();
        foreach (var ((life, lane), expected) in _expected)
        {
            CheckLane(expected, [.. _told.Where(f => LifeOf(f) == life && f.Lane == lane)]);
            Assert.All(_told.Where(f => LifeOf(f) == life), f => Assert.Equal(Boot(life), f.Host.BootId));
        }
    }

    public void Dispose()
    {
        _agent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Each boot has one chain. Where the sink had what the agent did not know of, that comes again, or another takes its place.</summary>
    private void CheckChains()
    {
        Assert.Equal(0, _places.GetValueOrDefault(ChainPlace.Gap) + _places.GetValueOrDefault(ChainPlace.Late));
        Assert.InRange(_places.Where(place => place.Key != ChainPlace.Next).Sum(place => place.Value), _chains.Count, _chains.Count + _unknownEnds);
    }

    private void CheckLane(Expected expected, List<Frame> frames)
    {
        var (reached, told) = (expected.First - 1, new HashSet<ulong>());
        var repeats = 0;
        foreach (var frame in frames)
        {
            if (frame.Range.First <= reached)
            {
                // Only what the sink had when the agent was killed comes again: all of which that frame gave account, in one or more.
                Assert.True(_unknown.Contains((frame.Lane, frame.Range.First)), $"{SpooledQueue.Name(frame)} comes after {reached}");
                repeats++;
            }
            else
            {
                Assert.True(frame.Range.First == reached + 1, $"{SpooledQueue.Name(frame)} does not follow {reached}");
            }

            reached = frame.Range.Last;
            told.UnionWith(frame.Events.Select(e => e.Sequence));
            told.UnionWith(frame.Lost.SelectMany(l => Enumerable.Range(0, (int)l.Range.Count).Select(n => l.Range.First + (ulong)n)));
        }

        Assert.InRange(repeats, 0, expected.Kills);
        Assert.True(reached >= expected.Durable, $"nothing tells of {reached + 1} to {expected.Durable}");
        Assert.All(expected.Events.Where(e => e <= reached), e => Assert.Contains(e, told));
    }

    private static ulong LifeOf(Frame frame) => frame.Range.First / LifeStep;

    private static Guid Boot(ulong life) => new((int)(life / 3) + 1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private SpooledQueue Start()
    {
        foreach (var lane in Enum.GetValues<Lane>())
        {
            _expected[(_life, lane)] = new Expected { First = (_life * LifeStep) + 1, Last = _life * LifeStep };
        }

        return new SpooledQueue(_folder, _time, _maxBytes, segmentBytes: 1000);
    }

    private ulong Next(Lane lane) => _expected[(_life, lane)].Last + 1;

    private void Add(Lane lane, ulong count)
    {
        var expected = _expected[(_life, lane)];
        _agent.Add(lane, expected.Last + 1, expected.Last + count, Boot(_life));
        expected.Events.Add(expected.Last + 1);
        expected.Last += count;
    }

    private void Ship()
    {
        if (_agent.Take() is { } batch)
        {
            Tell(batch);
        }
    }

    private Frame Tell(Batch batch)
    {
        var frame = batch.Decode();
        _told.Add(frame);
        if (!_chains.TryGetValue(frame.Host.BootId, out var check))
        {
            _chains[frame.Host.BootId] = check = new ChainCheck();
        }

        var place = check.Add(batch.Bytes.Span, frame);
        _places[place] = _places.GetValueOrDefault(place) + 1;
        return frame;
    }

    /// <summary>A sink may refuse anything but the news that something is lost.</summary>
    private void Refuse()
    {
        if (_agent.Queue.Begin() is { EventCount: > 0 })
        {
            _agent.Queue.Complete(delivered: false);
        }
        else
        {
            Ship();
        }
    }

    private void Write(int milliseconds)
    {
        _time.AdvanceMilliseconds(milliseconds);
        _agent.Spool.Step(final: false);
    }

    /// <summary>What need not be missing any more, whenever the agent is killed.</summary>
    private void Note()
    {
        foreach (var lane in Enum.GetValues<Lane>())
        {
            var expected = _expected[(_life, lane)];
            expected.Durable = Math.Max(expected.Durable, _agent.Queue.DurableTo(lane));
        }
    }

    private void Restart(Action? between = null)
    {
        Note();
        _agent.Dispose();
        between?.Invoke();
        foreach (var expected in _expected.Values)
        {
            expected.Kills++;
        }

        _life++;
        _agent = Start();
    }

    private void ShipAndRestart()
    {
        // The sink has it, but the agent does not know any more.
        if (_agent.Queue.Begin() is { } batch)
        {
            var frame = Tell(batch);
            _unknownEnds++;
            _unknown.Add((frame.Lane, frame.Range.First));
        }

        Restart();
    }

    private void Damage(Action<string, int> how, int which)
    {
        string[] segments = [.. Directory.GetFiles(_folder, "*.segment").Where(f => new FileInfo(f).Length > 0).Order(StringComparer.Ordinal)];
        if (segments.Length == 0)
        {
            return;
        }

        how(segments[which % segments.Length], which);

        // What was at the end of a life may be missing at its end then: a hole that nobody hides, but nobody can tell.
        foreach (var expected in _expected.Values)
        {
            expected.Durable = 0;
        }
    }

    private static void Tear(string file, int which)
    {
        using var stream = File.Open(file, FileMode.Open);
        stream.SetLength(Math.Max(0, stream.Length - 1 - (which % 200)));
    }

    private static void Flip(string file, int which)
    {
        using var stream = File.Open(file, FileMode.Open);
        var at = which % stream.Length;
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ (1 << (which % 8))));
    }

    private sealed class Expected
    {
        internal ulong First { get; init; }

        internal ulong Last { get; set; }

        internal ulong Durable { get; set; }

        internal int Kills { get; set; }

        internal List<ulong> Events { get; } = [];
    }
}
