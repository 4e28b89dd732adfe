namespace EdgeAgent.Spool;

/// <content>Bringing to the disk what was written, and writing anew what the disk may not have.</content>
internal sealed partial class DiskSpool
{
    private void Sync()
    {
        List<WaitingBatch> waiting;
        lock (_state)
        {
            waiting = [.. _unsynced.Where(w => !w.IsGone)];
        }

        foreach (var segment in waiting.Select(w => w.Place!.Segment).Distinct())
        {
            try
            {
                segment.Sync();
            }
            catch (IOException)
            {
                WriteAnew(segment);
                throw;
            }
        }

        if (_isFolderBehind)
        {
            try
            {
                SpoolFiles.SyncFolder(_folder);
            }
            catch (IOException)
            {
                // The names of these files: new ones are written into the folder with those of others.
                // Asked for all before the first is: it takes their places away.
                foreach (var segment in waiting.Select(w => w.Place!.Segment).Distinct().ToList())
                {
                    WriteAnew(segment);
                }

                throw;
            }

            _isFolderBehind = false;
        }

        lock (_state)
        {
            waiting.ForEach(w => w.InMemory = null);
            _unsynced = [];
        }
    }

    /// <summary>
    /// After a failed sync nobody knows what of a file is on disk, and the kernel may say the next time that all is well. So what is not known to be
    /// durable is written to another file; of two records of one batch a reader takes the one that is whole.
    /// </summary>
    private void WriteAnew(Segment segment)
    {
        lock (_state)
        {
            var again = _unsynced.Where(w => !w.IsGone && w.Place!.Segment == segment).ToList();
            foreach (var waiting in again)
            {
                waiting.Place = null;
                segment.Waiting--;
            }

            _unsynced.RemoveAll(again.Contains);
            _unwritten = new Queue<WaitingBatch>(again.Concat(_unwritten));
        }

        Seal(segment);
    }

    /// <summary>Closes the files to which nothing will be added, once what is in them is durable.</summary>
}
