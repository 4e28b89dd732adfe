namespace Support;

/// <summary>The working tree the tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>global.json</c>, without a separator at its end.</summary>
    /// <exception cref="InvalidOperationException">The tests run outside a working tree.</exception>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    private static string Find(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "global.json")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"No folder above {start} holds global.json.");
    }
}
