namespace Detection.Rules.Parsing;

/// <summary>
/// Reads the YAML that nearly all rules are written in: maps and lists in block form, texts without escapes, and literal blocks.
/// Gives up at anything else.
/// </summary>
/// <remarks>
/// YamlDotNet reads everything and defines what is right. It takes a cold process half of the time in which it loads its rules, so it is
/// asked only where this gives up; what this reads, it reads the same, places included.
/// </remarks>
internal sealed class BlockReader(string text)
{
    private const int MaxDepth = 16;
    private const int MaxKey = 128;
    private const int MaxPlain = 10_000;

    private readonly LineCursor _line = new(text);

    /// <summary>The documents of <paramref name="source"/>; null when it gives up.</summary>
    public static List<RuleDocument>? TryRead(RuleSource source)
    {
        var documents = new List<RuleDocument>();
        return IsPlainText(source.Text) && new BlockReader(source.Text).ReadStream(source.Name, documents) ? documents : null;
    }

    // No tabs, carriage returns and other controls, nothing that YAML takes for a line break or a mark, nothing of two units.
    private static bool IsPlainText(string text)
    {
        foreach (var c in text)
        {
            if (c is < ' ' and not '\n' or >= '\x7f' and <= '\xa0' or '\u2028' or '\u2029' or '\ufeff' or >= '\ufffe' || char.IsSurrogate(c))
            {
                return false;
            }
        }

        return true;
    }

    private bool ReadStream(string file, List<RuleDocument> documents)
    {
        while (!_line.AtEnd)
        {
            if (_line.IsDocumentStart)
            {
                _line.Advance();
                continue;
            }

            if (_line.Indent != 0 || ReadMapping(0, _line.At, 0) is not { } root || (!_line.AtEnd && !_line.IsDocumentStart))
            {
                return false;
            }

            documents.Add(new RuleDocument(file, root, null));
        }

        return true;
    }

    // Of all that follows: null when it gives up; else the current line is behind what was read, and no deeper than that began.
    private RuleNode? ReadMapping(int indent, int at, int depth)
    {
        var node = new RuleNode(NodeKind.Mapping, _line.Number, indent + 1);
        do
        {
            var colon = EndOfKey(at);
            if (colon < 0 || depth > MaxDepth)
            {
                return null;
            }

            var isQuoted = text[at] == '\'';
            var key = Scalar(at, isQuoted ? text[(at + 1)..(colon - 1)] : text[at..colon], isPlain: !isQuoted);
            if (ReadValue(indent, _line.SkipSpaces(colon + 1), depth + 1) is not { } value || !node.TryAdd(key, value))
            {
                return null;
            }

            at = _line.At;
        }
        while (!_line.AtEnd && _line.Indent == indent && text[at] != '-');

        return _line.AtEnd || _line.Indent <= indent ? node : null;
    }

    private RuleNode? ReadValue(int indent, int at, int depth)
    {
        if (!_line.EndsAt(at))
        {
            return ReadScalar(indent, at);
        }

        _line.Advance();
        if (_line.AtEnd)
        {
            return null;
        }

        // A list may stand right below its key.
        var isList = _line.IsEntry;
        if (isList)
        {
            return _line.Indent >= indent ? ReadSequence(depth) : null;
        }

        return _line.Indent <= indent ? null
            : EndOfKey(_line.At) < 0 ? ReadScalar(indent, _line.At)
            : ReadMapping(_line.Indent, _line.At, depth);
    }

    private RuleNode? ReadSequence(int depth)
    {
        var indent = _line.Indent;
        var node = new RuleNode(NodeKind.Sequence, _line.Number, indent + 1);
        while (!_line.AtEnd && _line.Indent == indent && _line.IsEntry)
        {
            var at = _line.SkipSpaces(_line.At + 1);
            var item = EndOfKey(at) < 0 ? ReadScalar(indent, at) : ReadMapping(_line.ColumnOf(at), at, depth + 1);
            if (item is null)
            {
                return null;
            }

            node.Add(item);
        }

        return _line.AtEnd || _line.Indent <= indent ? node : null;
    }

    private RuleNode? ReadScalar(int indent, int at)
    {
        var node = at == _line.End ? null : text[at] switch
        {
            '|' => ReadLiteral(indent, at),
            '\'' or '"' => ReadQuoted(at),
            _ => ReadPlain(indent, at),
        };

        // What is deeper would belong to it.
        return _line.AtEnd || _line.Indent <= indent ? node : null;
    }

    private RuleNode? ReadPlain(int indent, int at)
    {
        var first = text[at];
        if (!char.IsLetterOrDigit(first) && first is not (':' or '/' or '.' or '_' or '(' or '$' or '\\' or '+' or '=' or '~' or '^' or ';' or '<' or '-'))
        {
            return null;
        }

        if (first == '-' && (at + 1 == _line.End || text[at + 1] == ' '))
        {
            return null;
        }

        var (number, column) = (_line.Number, _line.ColumnOf(at) + 1);
        string? value = null;
        bool goesOn;
        do
        {
            if (EndOfPlain(at) is var end && end < 0)
            {
                return null;
            }

            value = value is null ? text[at..end] : $"{value} {text[at..end]}";
            goesOn = _line.SkipSpaces(end) == _line.End;
            var next = _line.Number + 1;
            _line.Advance();
            goesOn &= !_line.AtEnd && _line.Number == next && _line.Indent > indent;
            at = _line.At;
        }
        while (goesOn && value.Length <= MaxPlain);

        return new RuleNode(NodeKind.Scalar, number, column) { Value = value, IsPlain = true };
    }

    // Where the text of a line ends that is not quoted; below 0 when it is none.
    private int EndOfPlain(int at)
    {
        var end = at;
        for (; !_line.EndsAt(at); at++)
        {
            if (text[at] == ':' && (at + 1 == _line.End || text[at + 1] == ' '))
            {
                return -1;
            }

            end = text[at] == ' ' ? end : at + 1;
        }

        return end;
    }

    private RuleNode? ReadQuoted(int at)
    {
        var quote = text[at];
        var hasEscapes = false;
        var end = at + 1;
        for (; end < _line.End && (quote == '\'' || text[end] != '\\'); end++)
        {
            if (text[end] != quote)
            {
                continue;
            }

            if (quote == '"' || end + 1 == _line.End || text[end + 1] != quote)
            {
                break;
            }

            hasEscapes = true;
            end++;
        }

        if (end == _line.End || text[end] != quote || !_line.EndsAt(_line.SkipSpaces(end + 1)))
        {
            return null;
        }

        var value = text[(at + 1)..end];
        var node = Scalar(at, hasEscapes ? value.Replace("''", "'", StringComparison.Ordinal) : value, isPlain: false);
        _line.Advance();
        return node;
    }

    private RuleNode? ReadLiteral(int indent, int at)
    {
        var (number, column) = (_line.Number, _line.ColumnOf(at) + 1);
        return _line.SkipSpaces(at + 1) == _line.End && _line.TryReadLiteral(indent) is { } value
            ? new RuleNode(NodeKind.Scalar, number, column) { Value = value }
            : null;
    }

    private RuleNode Scalar(int at, string value, bool isPlain) =>
        new(NodeKind.Scalar, _line.Number, _line.ColumnOf(at) + 1) { Value = value, IsPlain = isPlain };

    // The colon behind a key that begins there; below 0 when that is no key.
    private int EndOfKey(int at)
    {
        var end = at;
        if (at < _line.End && text[at] == '\'')
        {
            end = text.IndexOf('\'', at + 1) + 1;
        }
        else if (at < _line.End && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '_'))
        {
            while (end < _line.End && (char.IsAsciiLetterOrDigit(text[end]) || text[end] is '_' or '-' or '.' or '|' or '*' or '/'))
            {
                end++;
            }
        }

        return end > at && end < _line.End && end - at <= MaxKey && text[end] == ':' && (end + 1 == _line.End || text[end + 1] == ' ') ? end : -1;
    }
}
