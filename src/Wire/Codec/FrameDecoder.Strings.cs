using System.Buffers;
using Wire.Text;

namespace Wire.Codec;

/// <content>The table of strings.</content>
public sealed partial class FrameDecoder
{
    // Begins with the well-known ones, where the frame's flags say so.
    private string[] _strings = [];
    private bool _isWellKnown;

    // All strings in full, one after the other; string i starts at _textStarts[i].
    private byte[] _text = [];
    private int _textLength;
    private int[] _textStarts = [];

    private void ReadStrings(WireReader block)
    {
        var known = _strings;
        _strings = new string[known.Length + block.ReadCount(FrameFormat.MaxStrings, minBytes: 2, "strings")];
        _textStarts = new int[_strings.Length];
        GrowText((2 * block.Remaining) + (_isWellKnown ? WellKnownStrings.Text.Length : 0));
        if (_isWellKnown)
        {
            known.CopyTo(_strings, 0);
            WellKnownStrings.Starts.CopyTo(_textStarts, 0);
            AppendText(WellKnownStrings.Text);
        }

        for (var i = known.Length; i < _strings.Length && !block.Failed; i++)
        {
            ReadString(ref block, i);
        }

        block.ExpectEnd("the strings");
    }

    private void ReadString(ref WireReader block, int index)
    {
        var start = block.Position;
        _textStarts[index] = _textLength;
        var length = block.ReadVarint();
        if ((length & 1) == 1)
        {
            AppendShared(ref block, index);
        }

        var own = block.ReadBytes(length >> 1);
        if (_textLength + own.Length > FrameFormat.MaxTextBytes)
        {
            block.Fail(start, $"strings of more than {FrameFormat.MaxTextBytes} bytes", FrameErrorKind.TooLarge);
            return;
        }

        AppendText(own);
        var bytes = _text.AsSpan(_textStarts[index].._textLength);
        if (bytes.IsEmpty)
        {
            block.Fail(start, "an empty string in the table: reference 0 stands for it");
        }

        _strings[index] = RecentTexts.Of(bytes);
        if (_strings[index].Length > FrameFormat.MaxStringLength)
        {
            block.Fail(start, $"a string of more than {FrameFormat.MaxStringLength} characters", FrameErrorKind.TooLarge);
        }
    }

    private void AppendShared(ref WireReader block, int index)
    {
        var start = block.Position;
        var (back, shared) = (block.ReadVarint(), block.ReadVarint());
        if (back == 0 || back > (ulong)index)
        {
            block.Fail(start, $"a string begins like the one {back} entries before entry {index}");
            return;
        }

        var earlier = index - (int)back;
        var from = _textStarts[earlier];
        if (shared > (ulong)(_textStarts[earlier + 1] - from))
        {
            block.Fail(start, $"a string shares {shared} bytes with a shorter one");
        }
        else if (_textLength + (int)shared > FrameFormat.MaxTextBytes)
        {
            block.Fail(start, $"strings of more than {FrameFormat.MaxTextBytes} bytes", FrameErrorKind.TooLarge);
        }
        else
        {
            GrowText(_textLength + (int)shared);
            AppendText(_text.AsSpan(from, (int)shared));
        }
    }

    private void AppendText(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _text.Length - _textLength)
        {
            GrowText(_textLength + bytes.Length);
        }

        bytes.CopyTo(_text.AsSpan(_textLength));
        _textLength += bytes.Length;
    }

    // At most MaxTextBytes are ever asked for, so the pool's arrays have at most twice that.
    private void GrowText(int length)
    {
        if (length <= _text.Length)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length, Math.Min(2 * _text.Length, FrameFormat.MaxTextBytes)));
        _text.AsSpan(0, _textLength).CopyTo(larger);
        GiveBackText();
        _text = larger;
    }

    private void GiveBackText()
    {
        if (_text.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_text);
            _text = [];
        }
    }

    private string GetString(in WireField field) => GetString(field.Number(), field);

    private string GetString(ulong reference, in WireField user)
    {
        if (reference <= (ulong)_strings.Length)
        {
            return reference == 0 ? "" : _strings[reference - 1];
        }

        user.Fail($"refers to string {reference} of {_strings.Length}");
        return "";
    }
}
