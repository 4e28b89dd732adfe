using System.Runtime.InteropServices;

namespace Wire.Codec;

/// <content>The table of strings.</content>
public sealed partial class FrameEncoder
{
    // Earlier paths that are tried for a shared beginning: enough for the folders in use at one time, cheap to try them all.
    private const int RecentPaths = 16;

    // Saying what is shared takes two bytes, so less than this is not worth it.
    private const int MinSharedBytes = 4;

    // Strings of earlier frames are kept up to this many characters: their places are used again by frames that have them, too.
    private const int MaxKeptCharacters = 1 << 16;

    // Well-known strings are of every frame.
    private const int EveryFrame = -1;

    // Where a string stands, and in the table of which frame.
    private readonly Dictionary<string, (int Frame, uint Index)> _stringIndex = new(StringComparer.Ordinal);
    private readonly (int Start, int Length, int Index)[] _recentPaths = new (int, int, int)[RecentPaths];
    private readonly WireWriter _strings = new();

    // All strings in full, one after the other.
    private readonly WireWriter _text = new();
    private int _keptCharacters = int.MaxValue;
    private int _frameNumber;
    private int _pathCount;
    private int _ownStrings;
    private int _longestString;

    private void ClearStrings()
    {
        ForgetStrings();
        _strings.Clear();
        _text.Clear();
        _pathCount = 0;
        _ownStrings = 0;
        _longestString = 0;
        if (packs)
        {
            _text.WriteRaw(WellKnownStrings.Text);
            for (; _pathCount < WellKnownStrings.Folders; _pathCount++)
            {
                _recentPaths[_pathCount] = (WellKnownStrings.Starts[_pathCount], WellKnownStrings.All[_pathCount].Length, _pathCount);
            }
        }
    }

    // What earlier frames had no longer counts; what there is too much of is dropped.
    private void ForgetStrings()
    {
        _frameNumber = _frameNumber == int.MaxValue ? 0 : _frameNumber + 1;
        if (_keptCharacters <= MaxKeptCharacters && _frameNumber > 0)
        {
            return;
        }

        // Until all are there it is as if there were too much.
        _keptCharacters = int.MaxValue;
        _stringIndex.Clear();
        for (var i = 0u; i < WellKnown; i++)
        {
            _stringIndex.Add(WellKnownStrings.All[i], (EveryFrame, i));
        }

        _keptCharacters = 0;
    }

    // Strings that stand before the frame's own.
    private int WellKnown => packs ? WellKnownStrings.All.Length : 0;

    private void WriteStringUnless(string absent, WireWriter entry, uint id, string text)
    {
        if (absent != text)
        {
            entry.WriteField(id, AddString(text));
        }
    }

    // A string reference: 0 = empty, else index + 1.
    private ulong AddString(string text)
    {
        if (text.Length == 0)
        {
            return 0;
        }

        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_stringIndex, text, out var isKept);
        if (!isKept || (place.Frame != _frameNumber && place.Frame != EveryFrame))
        {
            _keptCharacters += isKept ? 0 : text.Length;
            place = (_frameNumber, (uint)(WellKnown + _ownStrings++));
            WriteString(text, (int)place.Index);
        }

        return place.Index + 1;
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
        var best = (Shared: MinSharedBytes - 1, Back: 0);
        var text = _text.Written;
        var count = Math.Min(_pathCount, RecentPaths);
        for (var i = 0; i < count; i++)
        {
            var (start, length, earlier) = _recentPaths[i];
            var candidate = text.Slice(start, length);
            if (best.Shared >= Math.Min(length, path.Length) || candidate[best.Shared] != path[best.Shared])
            {
                // It cannot share more than the best so far.
                continue;
            }

            var shared = path.CommonPrefixLength(candidate);
            if (shared > best.Shared)
            {
                best = (shared, index - earlier);
            }
        }

        return best.Back > 0 ? best : default;
    }
}
