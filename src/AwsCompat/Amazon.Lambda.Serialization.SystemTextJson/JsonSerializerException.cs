namespace Amazon.Lambda.Serialization.SystemTextJson;

/// <summary>An event or a response could not be converted from or to JSON. The inner exception, if any, says where.</summary>
public class JsonSerializerException : Exception
{
    /// <summary>An error found here.</summary>
    public JsonSerializerException(string message)
        : base(message)
    {
    }

    /// <summary>An error of the JSON library.</summary>
    public JsonSerializerException(string message, Exception exception)
        : base(message, exception)
    {
    }
}
