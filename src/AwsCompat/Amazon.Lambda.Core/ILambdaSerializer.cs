namespace Amazon.Lambda.Core;

/// <summary>
/// Turns the bytes of an event into an object and the result of the handler into bytes. Must be safe for use by several threads.
/// </summary>
public interface ILambdaSerializer
{
    /// <summary>Reads one event from the stream to its end.</summary>
    T Deserialize<T>(Stream requestStream);

    /// <summary>Writes the result to the stream and leaves the stream open.</summary>
    void Serialize<T>(T response, Stream responseStream);
}
