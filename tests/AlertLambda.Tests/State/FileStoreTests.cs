using AlertLambda.State;
using Support;

namespace AlertLambda.Tests.State;

public sealed class FileStoreTests : StoreConformance, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private FileStore _store;

    public FileStoreTests() => _store = new FileStore(_folder["state"], Clock);

    private protected override ICorrelationStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Items_are_there_after_a_restart_and_expired_ones_are_removed()
    {
        await _store.TryWriteAsync(Item("H#one"), null, default);
        await _store.TryWriteAsync(Item("H#short") with { ExpiresAt = (Clock.GetUtcNow().ToUnixTimeSeconds()) + 5 }, null, default);
        _store.Dispose();
        Clock.Advance(TimeSpan.FromSeconds(5));

        _store = new FileStore(_folder["state"], Clock);

        Assert.Equal(["H#one"], (await _store.LoadAsync(["H#one", "H#short"], default)).Select(item => item.Key));
        Assert.Single(Directory.GetFiles(_folder["state"], "*.item"));
    }

    [Fact]
    public void Second_process_on_the_folder_is_refused() =>
        Assert.Throws<IOException>(() => new FileStore(_folder["state"], Clock));

    [Fact]
    public async Task Damaged_file_is_told_with_its_name()
    {
        await _store.TryWriteAsync(Item("H#one"), null, default);
        var file = Assert.Single(Directory.GetFiles(_folder["state"], "*.item"));
        var bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 1;
        File.WriteAllBytes(file, bytes);

        var e = await Assert.ThrowsAsync<StoreException>(() => _store.LoadAsync(["H#one"], default));

        Assert.False(e.IsTransient);
        Assert.Contains(file, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_owner_may_look()
    {
        await _store.TryWriteAsync(Item("H#one"), null, default);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["state"]));
        }
    }
}
