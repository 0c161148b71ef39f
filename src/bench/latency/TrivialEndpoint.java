import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that an answer of a given size takes on the server the product stands on: reads the body of a request as bytes and
 * answers so many bytes. Arguments are Spring's: {@code --server.port=8081}.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration({
    TomcatServletWebServerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    JacksonAutoConfiguration.class
})
@RestController
public class TrivialEndpoint {
    public static void main(String[] arguments) {
        // The product's own settings lie on the same class path and are not for this.
        System.setProperty("spring.config.name", "trivial");
        SpringApplication.run(TrivialEndpoint.class, arguments);
    }

    @PostMapping(path = "/trivial", produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] answer(@RequestBody byte[] body, @RequestParam int bytes) {
        byte[] answer = new byte[bytes];
        java.util.Arrays.fill(answer, (byte) '0');
        return answer;
    }
}
