using System.Text;
using Wire.Text;

namespace LocalPipeline.Commands;

/// <summary>Files of the command line, where <c>-</c> is standard input or output.</summary>
internal static class StandardFiles
{
    private const string Standard = "-";

    /// <summary>Opens a file, or standard input.</summary>
    /// <param name="path">The file.</param>
    /// <param name="argument">The argument that names it.</param>
    /// <param name="wayOut">What to write there.</param>
    /// <exception cref="UnusableFileException">It cannot be read.</exception>
    internal static System.IO.Stream OpenRead(string path, string argument, string wayOut) =>
        path == Standard ? Console.OpenStandardInput() : OpenFile(path, argument, wayOut);

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="argument">The argument that names it.</param>
    /// <param name="wayOut">What to write there.</param>
    /// <exception cref="UnusableFileException">It cannot be read.</exception>
    internal static System.IO.Stream OpenFile(string path, string argument, string wayOut) =>
        Open(() => File.OpenRead(path), path, argument, wayOut, FileFault.Reading);

    /// <summary>Opens a file, which is emptied, or standard output.</summary>
    /// <param name="path">The file.</param>
    /// <param name="argument">The argument that names it.</param>
    /// <exception cref="UnusableFileException">It cannot be written.</exception>
    internal static TextWriter OpenWrite(string path, string argument) => new StreamWriter(
        path == Standard ? Console.OpenStandardOutput() : OpenNew(() => File.Create(path), path, argument), new UTF8Encoding(false))
    { NewLine = "\n" };

    /// <summary>Opens what writes a file.</summary>
    /// <param name="open">Opens it.</param>
    /// <param name="path">The file.</param>
    /// <param name="argument">The argument that names it.</param>
    /// <exception cref="UnusableFileException">It cannot be written.</exception>
    internal static T OpenNew<T>(Func<T> open, string path, string argument) =>
        Open(open, path, argument, "a file in a folder that this user may write to", FileFault.Writing);

    private static T Open<T>(Func<T> open, string path, string argument, string wayOut, Func<string, Exception, string> reasonOf)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            var name = path.Length == 0 ? "''" : SafeText.Escape(path);
            throw new UnusableFileException($"{name}: {reasonOf(path, e)}; {argument} takes {wayOut}", e);
        }
    }
}
