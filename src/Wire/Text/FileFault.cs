namespace Wire.Text;

/// <summary>Why a file cannot be used, in words for people who know files and not .NET.</summary>
public static class FileFault
{
    /// <summary>What went wrong with reading <paramref name="path"/>, for example <c>does not exist</c>. Never holds the path; escaped.</summary>
    public static string Reading(string path, Exception fault) => fault switch
    {
        _ when path.Length == 0 => "is no path",
        FileNotFoundException or DirectoryNotFoundException when new FileInfo(path).LinkTarget is not null => "is a link to what does not exist",
        FileNotFoundException or DirectoryNotFoundException => "does not exist",
        UnauthorizedAccessException when Directory.Exists(path) && !IsClosed(path) => "is a folder, not a file",
        UnauthorizedAccessException => "must not be read by this user",
        _ => "cannot be read: " + SafeText.Escape(fault.Message),
    };

    /// <summary>What went wrong with writing <paramref name="path"/>. Never holds the path; escaped.</summary>
    public static string Writing(string path, Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "lies in a folder that does not exist",
        _ when Directory.Exists(path) => "is a folder, not a file",
        UnauthorizedAccessException => "must not be written by this user",
        _ => "cannot be written: " + SafeText.Escape(fault.Message),
    };

    // A folder that was to be listed, and may not be.
    private static bool IsClosed(string path)
    {
        try
        {
            using var entries = Directory.EnumerateFileSystemEntries(path).GetEnumerator();
            entries.MoveNext();
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
    }
}
