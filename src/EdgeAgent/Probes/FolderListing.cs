namespace EdgeAgent.Probes;

/// <summary>
/// Tells the probes when all folders below watched ones are listed, so that opens are asked about fewer of them. Only where probes tell of new
/// folders, and were seen to do so just now; elsewhere, and from the moment at which they are silent, folders always count as new. Beside
/// <see cref="Add"/>, which is thread-safe, one look at a time.
/// </summary>
/// <param name="fresh">The memory shared with the probes.</param>
/// <param name="isTold">Whether probes for new folders are in use.</param>
/// <param name="trial">Makes and renames a folder; null = there is no place for one.</param>
/// <param name="interval">Time between two trials while nothing is new.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Receives what a person must know.</param>
internal sealed class FolderListing(FreshFolders fresh, bool isTold, Func<bool?> trial, TimeSpan interval, TimeProvider time, Action<string> report)
{
    private bool _isProven;
    private long _triedAt;

    /// <summary>At the beginning of a look: the number with which it may end; 0 = nothing is new.</summary>
    internal ulong Begin()
    {
        if (_isProven && time.GetElapsedTime(_triedAt) >= interval && !Try())
        {
            fresh.Add();
        }

        return fresh.Folders;
    }

    /// <summary>Whether a look may end at all. After a trial that failed, not before the next is due: it would be made for nothing.</summary>
    /// <param name="areThere">Whether any folder is watched.</param>
    internal bool MayEnd(bool areThere) =>
        !areThere || (isTold && (_isProven || _triedAt == 0 || time.GetElapsedTime(_triedAt) >= interval));

    /// <summary>At the end of a look that found all folders to be in the kernel's maps.</summary>
    /// <param name="begun">What <see cref="Begin"/> gave.</param>
    /// <param name="areThere">Whether any folder is watched.</param>
    internal void End(ulong begun, bool areThere)
    {
        if (!areThere || Try())
        {
            fresh.End(begun);
        }
    }

    /// <summary>Before folders are watched that no look has ended with.</summary>
    internal void Add() => fresh.Add();

    private bool Try()
    {
        _triedAt = time.GetTimestamp();
        var was = _isProven;
        var result = trial();
        _isProven = result is true;
        if (was && !_isProven)
        {
            report(result is null
                ? "self-test: there is no place to make a folder any more; opens are asked about more folders, which costs some more"
                : "self-test: no report of new folders; opens are asked about more of them, which costs some more");
        }

        return _isProven;
    }
}
