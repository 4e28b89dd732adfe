using System.Text;

namespace Detection.Rules.Parsing;

/// <summary>Goes through the lines of a text that say something: not those that are empty, or that hold only a comment.</summary>
internal sealed class LineCursor
{
    private readonly string _text;
    private int _start;

    /// <param name="text">Its lines end in line feeds.</param>
    public LineCursor(string text)
    {
        _text = text;
        Find(0, 1);
    }

    /// <summary>There is no such line any more.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Number of the line, from 1.</summary>
    public int Number { get; private set; }

    /// <summary>Index of its first character that is no space.</summary>
    public int At { get; private set; }

    /// <summary>Index behind its last character.</summary>
    public int End { get; private set; }

    /// <summary>Spaces before it.</summary>
    public int Indent => At - _start;

    /// <summary>It begins an entry of a list.</summary>
    public bool IsEntry => At + 1 < End && _text[At] == '-' && _text[At + 1] == ' ';

    /// <summary>It says <c>---</c>.</summary>
    public bool IsDocumentStart => End - _start == 3 && _text[_start] == '-' && _text[_start + 1] == '-' && _text[_start + 2] == '-';

    /// <summary>Characters of the line before an index.</summary>
    public int ColumnOf(int at) => at - _start;

    /// <summary>The first index from <paramref name="at"/> on that is behind the spaces there.</summary>
    public int SkipSpaces(int at)
    {
        while (at < End && _text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    /// <summary>Nothing but a comment follows.</summary>
    public bool EndsAt(int at) => at == End || (_text[at] == '#' && _text[at - 1] == ' ');

    /// <summary>Goes to the next line.</summary>
    public void Advance() => Find(End + 1, Number + 1);

    /// <summary>Reads the literal block that the line opens, and goes behind it; null for one that begins or ends in an odd way.</summary>
    /// <param name="outside">Spaces before what it belongs to: the block's lines have more.</param>
    public string? TryReadLiteral(int outside)
    {
        var block = new StringBuilder();
        int indent = -1, empty = 0, start = End + 1, number = Number + 1;
        for (int end; start < _text.Length; start = end + 1, number++)
        {
            var at = FirstOf(start, out end);
            if (at == end)
            {
                empty++;
                if (indent < 0 || end - start > indent)
                {
                    return null;
                }

                continue;
            }

            if (at - start <= outside)
            {
                break;
            }

            indent = indent < 0 ? at - start : indent;
            if (at - start < indent || end == _text.Length)
            {
                return null;
            }

            for (; empty > 0; empty--)
            {
                block.Append('\n');
            }

            block.Append(_text, start + indent, end - start - indent).Append('\n');
        }

        Find(start, number);
        return indent < 0 ? null : block.ToString();
    }

    private int FirstOf(int start, out int end)
    {
        end = _text.IndexOf('\n', start);
        end = end < 0 ? _text.Length : end;
        var at = start;
        while (at < end && _text[at] == ' ')
        {
            at++;
        }

        return at;
    }

    private void Find(int start, int number)
    {
        for (; start < _text.Length; start = End + 1, number++)
        {
            At = FirstOf(start, out var end);
            (_start, End, Number) = (start, end, number);
            if (At < end && _text[At] != '#')
            {
                return;
            }
        }

        AtEnd = true;
    }
}
