namespace AlertLambda.State;

/// <summary>
/// Keeps each item as a file of a folder, so that a restart of the process goes on: written beside, flushed to the disk, renamed. For one machine; a second
/// process on the same folder is refused. Thread-safe.
/// </summary>
public sealed class FileStore : ICorrelationStore, IDisposable
{
    private const string LockName = ".lock";
    private const string Suffix = ".item";
    private const int PageSize = 1_000;

    private readonly Lock _lock = new();
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private readonly FileStream _held;

    /// <summary>Opens the folder, which is made if it is not there, for its owner only.</summary>
    /// <param name="folder">Nothing else should be in it.</param>
    /// <param name="clock">Says what has expired.</param>
    /// <exception cref="IOException">Another process has it, or it cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be used.</exception>
    public FileStore(string folder, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _folder = Path.GetFullPath(folder);
        _clock = clock;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(_folder);
        }
        else
        {
            Directory.CreateDirectory(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        _held = new FileStream(Path.Combine(_folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        RemoveExpired();
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<StoredItem>> LoadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            IReadOnlyList<StoredItem> found = [.. keys.Select(key => Read(FileOf(key))).OfType<StoredItem>().Select(item => Expiry.Apply(item, _clock))];
            return Task.FromResult(found);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(StoredItem item, long? expected, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        lock (_lock)
        {
            var file = FileOf(item.Key);
            var written = Expiry.Allows(Read(file), expected, _clock);
            if (written)
            {
                Write(file, item);
            }

            return Task.FromResult(written);
        }
    }

    /// <inheritdoc/>
    public Task<bool> TryUpdateAsync(OutboxUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        lock (_lock)
        {
            var file = FileOf(update.Key);
            if (Read(file) is not { } item || item.Version != update.Expected)
            {
                return Task.FromResult(false);
            }

            Write(file, item.With(update));
            return Task.FromResult(true);
        }
    }

    /// <inheritdoc/>
    public Task<ItemPage> ListAsync(SweepQuery query, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        lock (_lock)
        {
            var rest = Files().Where(file => after is null || string.CompareOrdinal(file, after) > 0).Take(PageSize + 1).ToList();
            var page = rest.Take(PageSize).Select(Read).OfType<StoredItem>()
                .Where(item => !Expiry.IsOver(item, _clock) && query.Matches(item));
            return Task.FromResult(new ItemPage(
                [.. page.Select(item => item with { State = default, Outbox = default })], rest.Count > PageSize ? rest[PageSize - 1] : null));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held.Dispose();

    private IEnumerable<string> Files() => Directory.EnumerateFiles(_folder, "*" + Suffix).Order(StringComparer.Ordinal);

    private string FileOf(string key) => Path.Combine(_folder, ItemFile.NameOf(key) + Suffix);

    private static StoredItem? Read(string file)
    {
        try
        {
            return File.Exists(file) ? ItemFile.Decode(File.ReadAllBytes(file)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new StoreException(false, $"{file}: {e.Message}", e);
        }
    }

    private static void Write(string file, StoredItem item)
    {
        var beside = file + ".new";
        try
        {
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                stream.Write(ItemFile.Encode(item));
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A disk that is full is not so for ever.
            throw new StoreException(e is IOException, $"{file}: {e.Message}", e);
        }
    }

    private void RemoveExpired()
    {
        foreach (var file in Files().ToList())
        {
            if (Read(file) is { } item && Expiry.IsOver(item, _clock))
            {
                File.Delete(file);
            }
        }
    }
}
