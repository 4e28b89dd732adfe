namespace Wire.Codec;

/// <content>The table of strings.</content>
public sealed partial class FrameEncoder
{
    // Earlier paths that are tried for a shared beginning: enough for the folders in use at one time, cheap to try them all.
    private const int RecentPaths = 16;

    // Saying what is shared takes two bytes, so less than this is not worth it.
    private const int MinSharedBytes = 4;

    private readonly Dictionary<string, uint> _stringIndex = new(StringComparer.Ordinal);
    private readonly (int Start, int Length, int Index)[] _recentPaths = new (int, int, int)[RecentPaths];
    private readonly WireWriter _strings = new();

    // All strings in full, one after the other.
    private readonly WireWriter _text = new();
    private int _pathCount;
    private int _longestString;

    private void ClearStrings()
    {
        _stringIndex.Clear();
        _strings.Clear();
        _text.Clear();
        _pathCount = 0;
        _longestString = 0;
    }

    private void WriteStringUnless(string absent, uint id, string text) => WriteStringUnless(absent.AsSpan(), id, text);

    private void WriteStringUnless(ReadOnlySpan<char> absent, uint id, string text)
    {
        if (!absent.SequenceEqual(text))
        {
            _entry.WriteField(id, AddString(text));
        }
    }

    // A string reference: 0 = empty, else index + 1.
    private ulong AddString(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        if (!_stringIndex.TryGetValue(text, out var index))
        {
            index = (uint)_stringIndex.Count;
            _stringIndex.Add(text, index);
            WriteString(text, (int)index);
        }

        return index + 1;
    }

    private void WriteString(string text, int index)
    {
        var start = _text.Length;
        _longestString = Math.Max(_longestString, text.Length);
        _text.WriteRawText(text);
        var bytes = _text.Written[start..];
        var isPath = bytes[0] == (byte)'/';
        var (shared, back) = isPath ? FindShared(bytes, index) : default;
        _strings.WriteVarint(((ulong)(bytes.Length - shared) << 1) | (shared > 0 ? 1ul : 0));
        if (shared > 0)
        {
            _strings.WriteVarint((ulong)back);
            _strings.WriteVarint((ulong)shared);
        }

        _strings.WriteRaw(bytes[shared..]);
        if (isPath)
        {
            _recentPaths[_pathCount++ % RecentPaths] = (start, bytes.Length, index);
        }
    }

    private (int Shared, int Back) FindShared(ReadOnlySpan<byte> path, int index)
    {
        var best = (Shared: 0, Back: 0);
        for (var i = 0; i < Math.Min(_pathCount, RecentPaths); i++)
        {
            var (start, length, earlier) = _recentPaths[i];
            var shared = path.CommonPrefixLength(_text.Written.Slice(start, length));
            if (shared >= MinSharedBytes && shared > best.Shared)
            {
                best = (shared, index - earlier);
            }
        }

        return best;
    }
}
