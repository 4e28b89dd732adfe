using Wire.Model;

namespace Detection.Taxonomy;

/// <summary>A command line, joined when it is asked for and kept for the events of the same process. Not thread-safe.</summary>
internal sealed class CommandLineBuffer
{
    private char[] _chars = new char[1024];
    private int _length;
    private ProcessNode? _of;

    /// <summary>argv joined by single spaces, valid until the next process is asked for; absent when unknown.</summary>
    public FieldValue Of(ProcessNode? process)
    {
        if (process is null || process.Arguments.Count == 0)
        {
            return default;
        }

        if (process.Arguments.Count == 1)
        {
            return FieldValue.Of(process.Arguments[0]);
        }

        if (!ReferenceEquals(process, _of))
        {
            Join(process.Arguments);
            _of = process;
        }

        return FieldValue.Of(_chars, _length);
    }

    private void Join(IReadOnlyList<string> arguments)
    {
        _length = 0;
        if (arguments is string[] array)
        {
            foreach (var argument in array)
            {
                Append(argument);
            }
        }
        else
        {
            // Not enumerated: that allocates.
            for (var i = 0; i < arguments.Count; i++)
            {
                Append(arguments[i]);
            }
        }

        _length--;
    }

    private void Append(string argument)
    {
        Reserve(argument.Length + 1);
        argument.CopyTo(_chars.AsSpan(_length));
        _length += argument.Length;
        _chars[_length++] = ' ';
    }

    private void Reserve(int more)
    {
        if (_chars.Length - _length < more)
        {
            Array.Resize(ref _chars, Math.Max(_chars.Length * 2, _length + more));
        }
    }
}
