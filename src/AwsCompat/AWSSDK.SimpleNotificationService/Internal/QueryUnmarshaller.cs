using System.Net;
using System.Xml.Linq;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Reads the XML answer to an AWS Query call, or its error by the code in it.</summary>
internal sealed class QueryUnmarshaller<T>(string action, Action<XElement, T> read) : XmlResponseUnmarshaller
    where T : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(XmlUnmarshallerContext input)
    {
        var root = XDocument.Load(input.Stream).Root!;
        var response = new T();
        if (root.Child("ResponseMetadata")?.Text("RequestId") is { } id)
        {
            response.ResponseMetadata = new ResponseMetadata { RequestId = id };
        }

        if (root.Child(action + "Result") is { } result)
        {
            read(result, response);
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        XmlUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode) =>
        SnsErrors.Create(XmlErrorResponseUnmarshaller.GetInstance().Unmarshall(input), innerException, statusCode);
}
