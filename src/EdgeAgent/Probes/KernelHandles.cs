using System.Globalization;
using EdgeAgent.Interop;
using Wire.Model;

namespace EdgeAgent.Probes;

/// <summary>What the kernel holds for the agent, by descriptors: enough to work with loaded probes without the object that they came from.</summary>
/// <param name="Backends">Full names of the backends that are used: one program may show several signals, or one of them only.</param>
/// <param name="Maps">By their names in the object.</param>
/// <param name="Programs">Loaded ones only.</param>
/// <param name="Links">What attaches them; closing the last descriptor of one detaches.</param>
/// <param name="LastNumber">The number before the first event's, in both lanes; of pinned probes <see cref="DurableNumbers"/> knows it.</param>
internal sealed record KernelHandles(
    IReadOnlyList<string> Backends, IReadOnlyDictionary<string, MapHandle> Maps, IReadOnlyList<ProgramHandle> Programs, IReadOnlyList<int> Links, ulong LastNumber)
{
    /// <summary>Descriptors that only have to stay open, as that of a lock.</summary>
    internal IReadOnlyList<int> Others { get; init; } = [];

    /// <summary>Whether they outlive the agent, and whose they are.</summary>
    internal PinState Pins { get; init; }

    /// <summary>All descriptors.</summary>
    internal IEnumerable<int> Descriptors => Maps.Values.Select(map => map.Fd).Concat(Programs.Select(program => program.Fd)).Concat(Links).Concat(Others);

    /// <summary>The same as one line of text, for an environment variable.</summary>
    internal string Write() => string.Join(
        ';',
        [
            string.Create(CultureInfo.InvariantCulture, $"number,{LastNumber}"),
            string.Create(CultureInfo.InvariantCulture, $"pins,{(int)Pins}"),
            .. Backends.Select(backend => $"backend,{backend}"),
            .. Maps.Select(map => string.Create(CultureInfo.InvariantCulture, $"map,{map.Key},{map.Value.Fd},{map.Value.MaxEntries}")),
            .. Programs.Select(program => string.Create(CultureInfo.InvariantCulture, $"program,{program.Name},{program.Section},{program.Fd}")),
            .. Links.Select(link => string.Create(CultureInfo.InvariantCulture, $"link,{link}")),
            .. Others.Select(other => string.Create(CultureInfo.InvariantCulture, $"other,{other}")),
        ]);

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="ProbeException">Something else wrote it.</exception>
    internal static KernelHandles Read(string text)
    {
        var backends = new List<string>();
        var maps = new Dictionary<string, MapHandle>(StringComparer.Ordinal);
        var programs = new List<ProgramHandle>();
        var (links, others) = (new List<int>(), new List<int>());
        var (number, pins) = (0ul, PinState.Off);
        try
        {
            foreach (var words in text.Split(';').Select(item => item.Split(',')))
            {
                switch (words)
                {
                    case ["number", var last]:
                        number = ulong.Parse(last, CultureInfo.InvariantCulture);
                        break;
                    case ["pins", var state]:
                        pins = (PinState)byte.Parse(state, CultureInfo.InvariantCulture);
                        break;
                    case ["backend", var name]:
                        backends.Add(name);
                        break;
                    case ["map", var name, var fd, var entries]:
                        maps.Add(name, new MapHandle(Descriptor(fd), uint.Parse(entries, CultureInfo.InvariantCulture)));
                        break;
                    case ["program", var name, var section, var fd]:
                        programs.Add(new ProgramHandle(name, section, Descriptor(fd)));
                        break;
                    case ["link", var fd]:
                        links.Add(Descriptor(fd));
                        break;
                    case ["other", var fd]:
                        others.Add(Descriptor(fd));
                        break;
                    default:
                        throw new FormatException(words[0]);
                }
            }
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw new ProbeException($"what was handed over is not of this agent ({e.Message})", e);
        }

        return new KernelHandles(backends, maps, programs, links, number) { Others = others, Pins = pins };
    }

    /// <summary>Whether they are given to the programs that this process executes.</summary>
    internal void SetInherited(bool inherited)
    {
        foreach (var fd in Descriptors)
        {
            if (LibC.fcntl(fd, LibC.F_SETFD, inherited ? 0 : LibC.FD_CLOEXEC) != 0)
            {
                throw new ProbeException($"a descriptor of the probes is not open: {fd}");
            }
        }
    }

    private static int Descriptor(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}

/// <summary>A map of the kernel.</summary>
/// <param name="Fd">Its descriptor.</param>
/// <param name="MaxEntries">Its number of entries; a ring's bytes.</param>
internal readonly record struct MapHandle(int Fd, uint MaxEntries);

/// <summary>A loaded program.</summary>
/// <param name="Name">Its name in the object.</param>
/// <param name="Section">What it is to hang at.</param>
/// <param name="Fd">Its descriptor.</param>
internal readonly record struct ProgramHandle(string Name, string Section, int Fd);
