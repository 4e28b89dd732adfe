using System.Globalization;
using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>Names of user ids from the host's passwd file, read again when the file changes. One thread only.</summary>
/// <remarks>
/// Directory services (LDAP, SSSD) are not asked: a lookup there may take seconds, and the ring buffers do not wait. Such users
/// appear as <c>uid-N</c>.
/// </remarks>
internal sealed class UserNames
{
    /// <summary>Most names that are kept for ids that the file does not name: an id costs whoever may choose it nothing.</summary>
    private const int MostUnknown = 1024;

    private readonly string _passwdFile;
    private readonly Dictionary<uint, string> _unknown = [];
    private Dictionary<uint, string> _names = [];
    private FileState _read;
    private ulong _checkedBootNs;

    /// <param name="passwdFile">/etc/passwd, or another file in tests.</param>
    internal UserNames(string passwdFile)
    {
        _passwdFile = passwdFile;
        RefreshIfChanged();
    }

    /// <summary>
    /// Makes the names at least as new as an event: a user made just before it has its name, and a reused user id is not given the name of
    /// who had it before. Records that waited in the ring since the last look need no other one.
    /// </summary>
    /// <param name="bootNs">The event's kernel time.</param>
    internal void KnowAsOf(ulong bootNs)
    {
        if (bootNs > _checkedBootNs)
        {
            RefreshIfChanged();
        }
    }

    /// <summary>Names of ids that the file does not name, at most <see cref="MostUnknown"/>.</summary>
    internal int Unknown => _unknown.Count;

    /// <summary>The user's name, or <c>uid-N</c>.</summary>
    internal string NameOf(uint uid)
    {
        if (_names.TryGetValue(uid, out var name) || _unknown.TryGetValue(uid, out name))
        {
            return name;
        }

        if (_unknown.Count == MostUnknown)
        {
            _unknown.Clear();
        }

        return _unknown[uid] = string.Create(CultureInfo.InvariantCulture, $"uid-{uid}");
    }

    private void RefreshIfChanged()
    {
        _checkedBootNs = BootClock.NowNs();
        var now = StateNow();
        if (now == _read && now != default)
        {
            return;
        }

        try
        {
            _names = Read(File.ReadAllBytes(_passwdFile));
            _read = now;
        }
        catch (IOException)
        {
            // Being replaced this moment: the old names stay, the next look reads the new ones.
        }
    }

    /// <summary>What is there now; the default when that cannot be told.</summary>
    private unsafe FileState StateNow()
    {
        LibC.Statx stat;
        return LibC.statx(LibC.AT_FDCWD, _passwdFile, 0, LibC.STATX_BASIC_AND_BTIME, &stat) == 0
            ? new FileState(stat.Inode, stat.ChangeSeconds, stat.ChangeNanoseconds, stat.ModifySeconds, stat.ModifyNanoseconds)
            : default;
    }

    /// <summary>passwd(5): name:password:uid:… The first name of a uid wins, as in getpwuid(3).</summary>
    private static Dictionary<uint, string> Read(ReadOnlySpan<byte> passwd)
    {
        var names = new Dictionary<uint, string>();
        foreach (var range in passwd.Split((byte)'\n'))
        {
            var fields = KernelString.FromBytes(passwd[range]).Split(':');
            if (fields.Length >= 3 && uint.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var uid))
            {
                names.TryAdd(uid, fields[0]);
            }
        }

        return names;
    }

    /// <summary>Which file it is, and when its entry and its content were last changed.</summary>
    private readonly record struct FileState(ulong Inode, long ChangeSeconds, uint ChangeNanoseconds, long ModifySeconds, uint ModifyNanoseconds);
}
