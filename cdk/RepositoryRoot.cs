namespace Cdk;

/// <summary>The folder that relative artefact paths start from, whatever folder the command was started in.</summary>
public static class RepositoryRoot
{
    private const string Marker = "Directory.Packages.props";

    /// <summary>The nearest folder above the built program that holds the central package file.</summary>
    /// <exception cref="InvalidOperationException">The program was copied out of its repository.</exception>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Marker)))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException(
            $"No {Marker} above {AppContext.BaseDirectory}. Run the program from its repository: dotnet run --project cdk");
    }
}
