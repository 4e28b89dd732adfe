using System.Globalization;
using EdgeAgent.Interop;
using Wire.Text;

namespace EdgeAgent.Enrichment;

/// <summary>Names of user ids from the host's passwd file, read again when the file changes. One thread only.</summary>
/// <remarks>
/// Directory services (LDAP, SSSD) are not asked: a lookup there may take seconds, and the ring buffers do not wait. Such users
/// appear as <c>uid-N</c>.
/// </remarks>
internal sealed class UserNames(string passwdFile, TimeProvider time)
{
    /// <summary>Shorter than it takes to make a user and to act as that user, so that a uid used again gets no former name.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(10);

    private readonly Dictionary<uint, string> _unknown = [];
    private Dictionary<uint, string> _names = [];
    private DateTime _modified = DateTime.MinValue;
    private long _checked;
    private ulong _checkedBootNs;

    /// <summary>
    /// Makes the names at least as new as an event: a user made just before it has its name, and a reused user id is not given the name of
    /// who had it before. Records that waited in the ring since the last check need no other one.
    /// </summary>
    /// <param name="bootNs">The event's kernel time.</param>
    internal void KnowAsOf(ulong bootNs)
    {
        if (bootNs > _checkedBootNs)
        {
            RefreshIfChanged();
        }
    }

    /// <summary>The user's name, or <c>uid-N</c>.</summary>
    internal string NameOf(uint uid)
    {
        if (time.GetElapsedTime(_checked) >= CheckEvery)
        {
            RefreshIfChanged();
        }

        if (_names.TryGetValue(uid, out var name))
        {
            return name;
        }

        // A user who acts right after being created: the file was changed since the last look.
        RefreshIfChanged();
        if (_names.TryGetValue(uid, out name) || _unknown.TryGetValue(uid, out name))
        {
            return name;
        }

        return _unknown[uid] = string.Create(CultureInfo.InvariantCulture, $"uid-{uid}");
    }

    private void RefreshIfChanged()
    {
        _checked = time.GetTimestamp();
        _checkedBootNs = (ulong)LibC.Nanoseconds(LibC.CLOCK_BOOTTIME);
        var modified = File.GetLastWriteTimeUtc(passwdFile);
        if (modified == _modified)
        {
            return;
        }

        try
        {
            _names = Read(File.ReadAllBytes(passwdFile));
            _modified = modified;
        }
        catch (IOException)
        {
            // Being replaced this moment: the old names stay, the next look reads the new ones.
        }
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
}
