namespace EdgeAgent.Enrichment;

/// <summary>
/// Reads files that may not answer, on threads of its own, and waits for each only a moment: a command line is in the memory of its process, which can be a
/// file of a share whose server is gone, or of a file system whose server waits. One thread only, beside its own, which end with the process.
/// </summary>
/// <param name="read">Reads a file, for as long as it takes; throws nothing.</param>
/// <param name="patience">Longest wait for one file.</param>
internal sealed class PatientReader(Func<string, byte[]> read, TimeSpan patience)
{
    /// <summary>Most threads that wait for a file at a time. While there are so many, nothing is read.</summary>
    internal const int MostThreads = 4;

    private readonly List<Reader> _readers = [];

    /// <summary>The file's content.</summary>
    /// <returns>Null when it did not come in time.</returns>
    internal byte[]? Read(string file) => (_readers.Find(reader => !reader.IsBusy) ?? Begin())?.Read(file, patience);

    private Reader? Begin()
    {
        if (_readers.Count == MostThreads)
        {
            return null;
        }

        try
        {
            var made = new Reader(read);
            _readers.Add(made);
            return made;
        }
        catch (OutOfMemoryException)
        {
            // The host has no thread for it.
            return null;
        }
    }

    private sealed class Reader
    {
        // Not a Lock: nobody can wait for one to be pulsed.
        private readonly object _gate = new();
        private readonly Func<string, byte[]> _read;
        private string? _asked;
        private byte[]? _found;
        private bool _isAwaited;

        internal Reader(Func<string, byte[]> read)
        {
            _read = read;
            new Thread(ReadWhenAsked) { IsBackground = true, Name = "proc" }.Start();
        }

        /// <summary>True while a file that nobody waits for any more is read.</summary>
        internal bool IsBusy
        {
            get
            {
                lock (_gate)
                {
                    return _asked is not null;
                }
            }
        }

        internal byte[]? Read(string file, TimeSpan patience)
        {
            lock (_gate)
            {
                (_asked, _found, _isAwaited) = (file, null, true);
                Monitor.PulseAll(_gate);
                var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
                while (_asked is not null && until - Environment.TickCount64 is > 0 and var rest)
                {
                    Monitor.Wait(_gate, (int)rest);
                }

                var found = _found;
                (_found, _isAwaited) = (null, false);
                return found;
            }
        }

        private void ReadWhenAsked()
        {
            while (true)
            {
                string file;
                lock (_gate)
                {
                    while (_asked is null)
                    {
                        Monitor.Wait(_gate);
                    }

                    file = _asked;
                }

                var found = _read(file);
                lock (_gate)
                {
                    (_asked, _found) = (null, _isAwaited ? found : null);
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }
}
