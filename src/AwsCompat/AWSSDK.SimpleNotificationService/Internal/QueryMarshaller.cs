using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.SimpleNotificationService.Internal;

/// <summary>Turns a request into an AWS Query call: everything is a form parameter.</summary>
internal sealed class QueryMarshaller<T>(string action, Action<ParameterCollection, T> write)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where T : AmazonWebServiceRequest
{
    public IRequest Marshall(AmazonWebServiceRequest input)
    {
        var request = new DefaultRequest(input, "Amazon.SimpleNotificationService") { HttpMethod = "POST", ResourcePath = "/" };
        request.Parameters.Add("Action", action);
        request.Parameters.Add("Version", AmazonSimpleNotificationServiceConfig.Service.ApiVersion);
        write(request.ParameterCollection, (T)input);
        return request;
    }
}
