namespace AlertLambda.Tests.State;

/// <summary>The process is gone: nothing in it catches this.</summary>
internal sealed class CrashException : Exception;
