using Wire.Text;

namespace Wire.Codec;

/// <content>The table of strings.</content>
public sealed partial class FrameDecoder
{
    private string[] _strings = [];

    // All strings in full, one after the other; string i starts at _textStarts[i].
    private readonly WireWriter _text = new();
    private int[] _textStarts = [];

    private void ReadStrings(WireReader block)
    {
        _strings = new string[block.ReadCount(FrameFormat.MaxStrings, minBytes: 2, "strings")];
        _textStarts = new int[_strings.Length];
        for (var i = 0; i < _strings.Length && !block.Failed; i++)
        {
            ReadString(ref block, i);
        }

        block.ExpectEnd("the strings");
    }

    private void ReadString(ref WireReader block, int index)
    {
        var start = block.Position;
        _textStarts[index] = _text.Length;
        var length = block.ReadVarint();
        if ((length & 1) == 1)
        {
            AppendShared(ref block, index);
        }

        var own = block.ReadBytes(length >> 1);
        if (_text.Length + own.Length > FrameFormat.MaxTextBytes)
        {
            block.Fail(start, $"strings of more than {FrameFormat.MaxTextBytes} bytes", FrameErrorKind.TooLarge);
            return;
        }

        _text.WriteRaw(own);
        var bytes = _text.Written[_textStarts[index]..];
        if (bytes.IsEmpty)
        {
            block.Fail(start, "an empty string in the table: reference 0 stands for it");
        }

        _strings[index] = KernelString.FromBytes(bytes);
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
        else if (_text.Length + (int)shared > FrameFormat.MaxTextBytes)
        {
            block.Fail(start, $"strings of more than {FrameFormat.MaxTextBytes} bytes", FrameErrorKind.TooLarge);
        }
        else
        {
            _text.WriteCopy(from, (int)shared);
        }
    }

    private string GetString(WireField field) => GetString(field.Number(), field);

    private string GetString(ulong reference, WireField user)
    {
        if (reference <= (ulong)_strings.Length)
        {
            return reference == 0 ? "" : _strings[reference - 1];
        }

        user.Fail($"refers to string {reference} of {_strings.Length}");
        return "";
    }
}
