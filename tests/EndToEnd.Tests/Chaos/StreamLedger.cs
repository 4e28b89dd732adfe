using System.Diagnostics;
using System.Globalization;
using EndToEnd.Tests.Setup;
using Wire.Chain;
using Wire.Model;

namespace EndToEnd.Tests.Chaos;

/// <summary>
/// What a stream says of one host and boot, after deduplication by identity. <see cref="Check"/> demands of a numbered workload that every
/// number is there once, in order, or lies inside a loss that the stream tells, and of the frames that they are a chain.
/// </summary>
internal sealed class StreamLedger
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly SortedDictionary<ulong, HostEvent>[] _events = [[], []];
    private readonly List<(Lane Lane, SequenceRange Range)> _covered = [];
    private readonly List<(Lane Lane, LostRange Lost)> _lost = [];
    private readonly Dictionary<ChainPlace, int> _places = Enum.GetValues<ChainPlace>().ToDictionary(place => place, _ => 0);

    /// <param name="records">In the order of the stream; repeated ones too.</param>
    public StreamLedger(IEnumerable<StreamRecord> records)
    {
        var check = new ChainCheck(memory: int.MaxValue);
        foreach (var (bytes, frame) in records.Select(record => (record.Bytes, record.Frame ?? throw new InvalidDataException("a record is no frame"))))
        {
            Frames++;
            Bytes += bytes.Length;
            var place = check.Add(bytes, frame);
            _places[place]++;
            _covered.Add((frame.Lane, frame.Range));
            _lost.AddRange(frame.Lost.Select(lost => (frame.Lane, lost)));
            foreach (var e in frame.Events)
            {
                var isRepeated = !_events[(int)frame.Lane].TryAdd(e.Sequence, e);
                Repeated += isRepeated ? 1 : 0;
                RepeatedAnew += isRepeated && place != ChainPlace.Resent ? 1 : 0;
            }
        }
    }

    /// <summary>Reads the stream until what it says is whole, or for as long as that may take.</summary>
    public static async Task<StreamLedger> ReadAsync(StreamView view, TimeSpan longest, Func<StreamLedger, bool> isWhole)
    {
        for (var clock = Stopwatch.StartNew(); ; await Task.Delay(Pause))
        {
            var ledger = new StreamLedger(await view.ReadAsync());
            if (isWhole(ledger) || clock.Elapsed > longest)
            {
                return ledger;
            }
        }
    }

    /// <summary>How many frames stand where in their chain.</summary>
    public string Chain => string.Join(", ", _places.Where(place => place.Value > 0).Select(place => $"{place.Value} {place.Key}"));

    /// <summary>Frames, repeated ones too.</summary>
    public int Frames { get; }

    /// <summary>Events that came more than once.</summary>
    public int Repeated { get; private set; }

    /// <summary>Of these, events that came in a frame of other bytes: the agent was killed before their frame was durable, and they were still in the ring.</summary>
    public int RepeatedAnew { get; private set; }

    /// <summary>Numbers that were told as lost.</summary>
    public long Lost => _lost.Sum(lost => (long)lost.Lost.Range.Count);

    /// <summary>What was lost to what: of a host on which others make more than a ring holds, the kernel's losses are theirs, too.</summary>
    public string Losses => string.Join(", ", _lost.GroupBy(lost => (lost.Lane, lost.Lost.Cause)).Select(losses =>
        $"{losses.Sum(lost => (long)lost.Lost.Range.Count)} {losses.Key.Lane} numbers to {losses.Key.Cause} in {losses.Count()} places"));

    /// <summary>Events that did not come from this process, and the programs that most came from.</summary>
    public string Others
    {
        get
        {
            var others = _events.SelectMany(lane => lane.Values).Where(e => e.Process.Key.Pid != Environment.ProcessId).ToList();
            var most = others.GroupBy(e => e.Process.Comm).OrderByDescending(e => e.Count()).Take(5).Select(e => $"{e.Count()} {Wire.Text.SafeText.Escape(e.Key)}");
            return $"{others.Count} events of others: {string.Join(", ", most)}";
        }
    }

    /// <summary>Numbers of a lane that were told as lost.</summary>
    public long LostOf(Lane lane) => _lost.Where(lost => lost.Lane == lane).Sum(lost => (long)lost.Lost.Range.Count);

    /// <summary>Bytes of all frames, repeated ones too.</summary>
    public long Bytes { get; }

    /// <summary>Opens of the workload that are not in the stream, told as lost or not.</summary>
    public long MissingOpens(int pid, string folder, long last) => last - _events[(int)Lane.High].Values
        .OfType<FileOpenEvent>().Where(open => open.Process.Key.Pid == (uint)pid && Path.GetDirectoryName(open.Path) == folder)
        .Select(open => Path.GetFileName(open.Path)).Distinct().LongCount();

    /// <summary>The same of its connects.</summary>
    public long MissingConnects(int pid, long last) => last - _events[(int)Lane.Bulk].Values
        .OfType<NetworkEvent>().Where(network => network.Process.Key.Pid == (uint)pid)
        .Select(NumberedConnects.NumberOf).Where(number => number is not null).Distinct().LongCount();

    /// <summary>What is wrong with the connects of a process: each is there, or told as lost at its place, and none is both.</summary>
    /// <param name="pid">The process.</param>
    /// <param name="last">Its last number.</param>
    /// <param name="wasKilled">True: the agent was killed, so what is in a frame of which it does not know may be told as lost, too.</param>
    public IReadOnlyList<string> CheckConnects(int pid, long last, bool wasKilled = false)
    {
        var wrong = new List<string>();
        var (before, number) = (0ul, 0L);
        foreach (var (sequence, e) in _events[(int)Lane.Bulk])
        {
            if (e is not NetworkEvent network || e.Process.Key.Pid != (uint)pid || NumberedConnects.NumberOf(network) is not { } next)
            {
                continue;
            }

            if (next <= number)
            {
                wrong.Add($"connect {next} came after {number}, with the number {sequence}");
            }

            CheckMissing(Lane.Bulk, number + 1, next - 1, before, sequence, wrong);
            (before, number) = (sequence, next);
        }

        CheckMissing(Lane.Bulk, number + 1, last, before, ulong.MaxValue, wrong);
        CheckHoles(wrong);
        wrong.AddRange(_lost
            .Where(lost => !wasKilled && lost.Lane == Lane.Bulk && Holds(lost.Lost.Range))
            .Select(lost => $"bulk numbers {lost.Lost.Range.First} to {lost.Lost.Range.Last} are told as lost, and some of them are there"));
        return wrong;
    }

    /// <summary>What is wrong, one line each; empty when nothing is.</summary>
    /// <param name="pid">The process of the workload.</param>
    /// <param name="folder">Its folder.</param>
    /// <param name="last">Its last number.</param>
    /// <param name="kills">How often the agent was killed: each time a frame may be in the stream of which the next agent does not know.</param>
    public IReadOnlyList<string> Check(int pid, string folder, long last, int kills)
    {
        var wrong = new List<string>();
        var seen = new SortedDictionary<long, ulong>();
        foreach (var (sequence, e) in _events[(int)Lane.High])
        {
            if (e is FileOpenEvent open && open.Process.Key.Pid == (uint)pid && Path.GetDirectoryName(open.Path) == folder
                && !seen.TryAdd(long.Parse(Path.GetFileName(open.Path)!, CultureInfo.InvariantCulture), sequence))
            {
                wrong.Add($"open {open.Path} has two identities, the second is {sequence}");
            }
        }

        var (before, number) = (0ul, 0L);
        foreach (var (next, sequence) in seen)
        {
            if (sequence < before)
            {
                wrong.Add($"open {next} has the number {sequence}, the one before it {before}");
            }

            CheckMissing(Lane.High, number + 1, next - 1, before, sequence, wrong);
            (before, number) = (sequence, next);
        }

        CheckMissing(Lane.High, number + 1, last, before, ulong.MaxValue, wrong);
        CheckHoles(wrong);
        if (_places[ChainPlace.Gap] + _places[ChainPlace.Late] > 0
            || _places[ChainPlace.Start] > 1 || _places[ChainPlace.Fork] + _places[ChainPlace.Remade] > kills)
        {
            wrong.Add($"the frames are no chain: {Chain}");
        }

        return wrong;
    }

    private void CheckMissing(Lane lane, long first, long last, ulong after, ulong before, List<string> wrong)
    {
        if (first > last)
        {
            return;
        }

        var (told, reached) = (0L, after);
        foreach (var range in _lost.Where(lost => lost.Lane == lane).Select(lost => lost.Lost.Range).OrderBy(range => range.First))
        {
            // What was in a frame that the sender does not know to be there may be told as lost, too: only what lies between counts, and once.
            var (from, to) = (Math.Max(range.First, reached + 1), Math.Min(range.Last, before - 1));
            if (from <= to)
            {
                told += (long)(to - from + 1);
                reached = to;
            }
        }

        if (last - first + 1 > told)
        {
            wrong.Add($"numbers {first} to {last} of the workload are not in the stream, between the numbers {after} and {before}; losses told there: {told}");
        }
    }

    private bool Holds(SequenceRange range) => range.Count > (ulong)_events[(int)Lane.Bulk].Count
        ? _events[(int)Lane.Bulk].Keys.Any(range.Contains)
        : Enumerable.Range(0, (int)range.Count).Any(i => _events[(int)Lane.Bulk].ContainsKey(range.First + (ulong)i));

    /// <summary>Frames join: what is between two of them is accounted for nowhere.</summary>
    private void CheckHoles(List<string> wrong)
    {
        foreach (var lane in _covered.GroupBy(covered => covered.Lane))
        {
            var reached = 0ul;
            foreach (var range in lane.Select(covered => covered.Range).Where(range => range.Count > 0).OrderBy(range => range.First))
            {
                if (reached > 0 && range.First > reached + 1)
                {
                    wrong.Add($"no frame of the {lane.Key} lane accounts for the numbers {reached + 1} to {range.First - 1}");
                }

                reached = Math.Max(reached, range.Last);
            }
        }
    }
}
