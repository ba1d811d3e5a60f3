/// The page's own script: chart state in the fragment, redrawn bars, tips, sorting, keyboard walk and downloads.
///
/// Everything that it adds is a convenience: the facts that the page opens with are in it without the script.
enum PageScript {
    /// The script's text, as it stands between its tags and as the content policy hashes it.
    static let text = frame + bars + "})();"

    private static let frame = #"""
        (function(){'use strict';
        var d=document,root=d.documentElement;root.classList.add('js');
        function all(s,e){return Array.prototype.slice.call((e||d).querySelectorAll(s));}
        function state(){var o={};location.hash.slice(1).split('&').forEach(function(p){var i=p.indexOf('=');
        if(i>0)try{o[p.slice(0,i)]=decodeURIComponent(p.slice(i+1));}catch(e){}});return o;}
        function store(k,v){var o=state();o[k]=v;var t=Object.keys(o).sort().map(function(n){
        return n+'='+encodeURIComponent(o[n]);}).join('&');
        try{history.replaceState(null,'','#'+t);}catch(e){location.hash=t;}}
        var after=[];
        function apply(){var o=state();all('input.variant').forEach(function(i){
        if(o[i.dataset.key]===i.value)i.checked=true;});
        if(o.theme==='dark'||o.theme==='light')root.dataset.theme=o.theme;after.forEach(function(f){f(o);});}
        all('input.variant').forEach(function(i){i.addEventListener('change',function(){store(i.dataset.key,i.value);});});
        addEventListener('hashchange',apply);
        var tip=d.createElement('div');tip.id='tip';tip.hidden=true;tip.setAttribute('aria-hidden','true');
        d.body.appendChild(tip);
        function show(e){tip.textContent=e.dataset.tip;tip.hidden=false;var r=e.getBoundingClientRect();
        tip.style.left=Math.max(4,Math.min(innerWidth-tip.offsetWidth-4,r.left+r.width/2-tip.offsetWidth/2))+'px';
        tip.style.top=Math.max(4,r.top-tip.offsetHeight-6)+'px';}
        function hide(){tip.hidden=true;}
        d.addEventListener('pointerover',function(v){var e=v.target.closest&&v.target.closest('[data-tip]');
        if(e)show(e);else hide();});
        d.addEventListener('focusin',function(v){if(v.target.dataset&&v.target.dataset.tip)show(v.target);else hide();});
        d.addEventListener('keydown',function(v){if(v.key==='Escape')hide();});
        function walk(c){var s=c.querySelector('svg'),m=all('[data-tip]',c);if(!m.length)return;
        s.setAttribute('role','group');
        m.forEach(function(e,i){e.setAttribute('tabindex',i?'-1':'0');e.setAttribute('role','img');
        e.setAttribute('aria-label',e.dataset.tip);});}
        all('.chart').forEach(function(c){walk(c);c.addEventListener('keydown',function(v){
        var m=all('[data-tip]',c),i=m.indexOf(d.activeElement);if(i<0)return;var n=i;
        if(v.key==='ArrowRight'||v.key==='ArrowDown')n=i+1;else if(v.key==='ArrowLeft'||v.key==='ArrowUp')n=i-1;
        else if(v.key==='Home')n=0;else if(v.key==='End')n=m.length-1;else return;
        v.preventDefault();n=Math.max(0,Math.min(m.length-1,n));m[i].setAttribute('tabindex','-1');
        m[n].setAttribute('tabindex','0');m[n].focus();});});
        function sortable(t){var b=t.tBodies[0];if(!b||b.rows.length<3||t.querySelector('[colspan],[rowspan]'))return;
        all('thead th',t).forEach(function(h,k){var u=d.createElement('button');u.type='button';u.textContent=h.textContent;
        h.textContent='';h.appendChild(u);u.addEventListener('click',function(){
        var up=h.getAttribute('aria-sort')!=='ascending';
        all('th',t).forEach(function(x){x.removeAttribute('aria-sort');});h.setAttribute('aria-sort',up?'ascending':'descending');
        function key(r){var c=r.cells[k];return c?(c.dataset.v!==undefined?parseFloat(c.dataset.v):c.textContent):'';}
        Array.prototype.slice.call(b.rows).sort(function(x,y){var p=key(x),q=key(y);
        var z=typeof p==='number'&&typeof q==='number'?p-q:String(p).localeCompare(String(q));return up?z:-z;})
        .forEach(function(r){b.appendChild(r);});});});}
        all('table').forEach(sortable);
        var raw=d.getElementById('dataset'),data=null;
        function save(name,type,text){var a=d.createElement('a');a.href=URL.createObjectURL(new Blob([text],{type:type}));
        a.download=name;a.click();setTimeout(function(){URL.revokeObjectURL(a.href);},9000);}
        function field(v){v=v===null||v===undefined?'':String(v);return /[",\n\r]/.test(v)?'"'+v.replace(/"/g,'""')+'"':v;}
        all('[data-save]').forEach(function(b){b.addEventListener('click',function(){var name=raw.dataset.name;
        if(b.dataset.save==='json'){save(name+'.json','application/json',raw.textContent);return;}
        var h=['platform','mode','quantity','unit','subject','owner','evidence','denominator'];
        var o=JSON.parse(raw.textContent),out=['cell,'+h.join(',')+',values,place,value'];
        o.series.forEach(function(s){var f=h.map(function(k){return field(s[k]);}).join(',');s.rows.forEach(function(r){
        for(var i=2;i<r.length;i++)out.push(field(o.cells[r[0]].id)+','+f+','+r[1]+','+(i-2)+','+r[i]);});});
        save(name+'.csv','text/csv',out.join('\n')+'\n');});});
        var th=d.getElementById('theme');if(th)th.addEventListener('click',function(){
        var dark=root.dataset.theme?root.dataset.theme==='dark':matchMedia('(prefers-color-scheme:dark)').matches;
        root.dataset.theme=dark?'light':'dark';store('theme',root.dataset.theme);});
        addEventListener('beforeprint',function(){all('details:not(.raw)').forEach(function(e){e.open=true;});});

        """#

    /// Bars for any weight, service and N, drawn as `StackedBars` draws them.
    private static let bars = #"""
        var owners=['platform','os','runtime','app','writable'];
        var names={platform:'platform',os:'OS',runtime:'runtime',app:'app',writable:'written',unsplit:'not split'};
        function esc(t){return String(t).replace(/[&<>"']/g,function(c){return '&#'+c.charCodeAt(0)+';';});}
        function sig(v){if(v===0)return '0';var a=Math.abs(v),k=Math.max(0,2-Math.floor(Math.log10(a)));
        return v.toFixed(Math.min(k,8)).replace(/\B(?=(\d{3})+$)/g,k?'':',');}
        function unit(v){var u=['B','KiB','MiB','GiB','TiB','PiB'],i=0;while(v>=1024&&i<5){v/=1024;i++;}return [u[i],Math.pow(1024,i)];}
        function size(v){var u=unit(v);return sig(v/u[1])+' '+u[0];}
        function nice(v){var r=v/5,m=Math.pow(10,Math.floor(Math.log10(r))),l=r/m;return (l<=1.0001?1:l<=2.0001?2:l<=5.0001?5:10)*m;}
        var index=null;
        function read(){if(index||!raw)return index;data=JSON.parse(raw.textContent);index={};
        var both={};data.series.forEach(function(s){s.rows.forEach(function(r){var k=r[0]+'|'+s.quantity+'|'+s.mode;
        (both[k]=both[k]||{})[s.platform]=1;});});
        function full(k){var b=both[k];return b&&b.vm&&b.container;}
        data.series.forEach(function(s){if(s.subject!=='host'&&s.subject!=='instance')return;s.rows.forEach(function(r){
        var p=r[0]+'|'+s.quantity+'|',m=full(p+'measure')?'measure':full(p+'simulate')?'simulate':both[p+'measure']?'measure':'simulate';
        if(m!==s.mode)return;var t=0;for(var i=2;i<r.length;i++)t+=r[i];
        index[[r[0],s.platform,s.quantity,s.subject,s.owner||'unsplit'].join('|')]=t/(r.length-2);});});return index;}
        function total(c,p,q,o){var h=index[[c,p,q,'host',o].join('|')];if(h!==undefined)return h;
        var e=index[[c,p,q,'instance',o].join('|')];return e===undefined?undefined:e*data.cells[c].n;}
        function parts(c,p,q){var out=[];owners.forEach(function(o){var v=total(c,p,q,o);if(v!==undefined)out.push([o,v]);});
        if(!out.length){var v=total(c,p,q,'unsplit');if(v!==undefined)out.push(['unsplit',v]);}return out;}
        function sum(a){return a.reduce(function(t,x){return t+x[1];},0);}
        function draw(svg,cells,q,rel){var L=52,R=452,T=34,B=244,most=0;
        cells.forEach(function(c){['vm','container'].forEach(function(p){most=Math.max(most,sum(parts(c,p,q)));});});
        var u=unit(most),top=rel?100:(most||1)/u[1],st=nice(top),hi=Math.max(st,Math.ceil(top/st-1e-9)*st),out='';
        function y(v){return B-v/hi*(B-T);}function n(v){return Math.round(v*100)/100;}
        function text(x,v,t,k){out+='<text x="'+n(x)+'" y="'+n(v)+'" class="'+k+'">'+esc(t)+'</text>';}
        for(var t=0;t<=hi*1.0001;t+=st){out+='<line x1="'+L+'" x2="'+R+'" y1="'+n(y(t))+'" y2="'+n(y(t))+'" class="grid"/>';
        text(L-6,y(t)+4,sig(t).replace(/(\.\d*?)0+$/,'$1').replace(/\.$/,''),'quiet end');}
        text(4,T-10,rel?'share of the bar (%)':q.split('.')[1].replace(/_/g,' ')+', all N together ('+u[0]+')','quiet');
        var step=(R-L)/Math.max(1,cells.length),w=Math.min(46,step*.4);
        cells.forEach(function(c,i){var mid=L+(i+.5)*step,N=data.cells[c].n;['vm','container'].forEach(function(p){
        var x=p==='vm'?mid-w-1:mid+1,a=parts(c,p,q),s=sum(a),low=0;text(x+w/2,B+14,p==='vm'?'VM':'Ct','small quiet mid');
        if(!(s>0))return;a.forEach(function(z){var f=rel?100/s:1/u[1],h1=y((low+z[1])*f),h=y(low*f)-h1;low+=z[1];
        if(!(h>0))return;var at='x="'+n(x)+'" y="'+n(h1)+'" width="'+n(w)+'" height="'+n(h)+'"';
        out+='<rect '+at+' class="f-'+z[0]+' gap" data-tip="'+esc((p==='vm'?'VM':'container')+', N = '+N+', '+names[z[0]]+': '
        +size(z[1])+', '+sig(z[1]/s*100)+'%')+'"/>';
        if(z[0]==='platform')out+='<rect '+at+' class="hatch"/>';if(z[0]==='writable')out+='<rect '+at+' class="dots"/>';
        if(rel&&h>15&&w>26)text(x+w/2,h1+h/2+4,Math.round(z[1]/s*100)+'%','small mid on-'+z[0]);});
        if(!rel){var k=p==='vm'?sum(parts(c,'container',q)):0,lift=k>0&&Math.abs(y(s/u[1])-y(k/u[1]))<13?12:0;
        text(x+w/2,y(s/u[1])-4-lift,sig(s/u[1]),'small mid halo');}});
        text(mid,B+30,N,'mid');});
        out+='<line x1="'+L+'" x2="'+R+'" y1="'+B+'" y2="'+B+'" class="axis"/>';
        text((L+R)/2,B+48,'N services (Ct = container)','quiet mid');
        var keep=all('title,desc',svg);svg.innerHTML=out;keep.reverse().forEach(function(k){svg.insertBefore(k,svg.firstChild);});}
        all('figure.bars').forEach(function(f){if(!raw)return;var family=f.dataset.family,box=d.createElement('div'),sel={},
        base={};f.dataset.group.split('&').forEach(function(p){var i=p.indexOf('=');if(i>0)base[p.slice(0,i)]=p.slice(i+1);});
        box.className='controls';f.insertBefore(box,f.querySelector('.legend')||f.querySelector('.charts'));
        var head=JSON.parse(raw.textContent),qs=[],keys={},ns=[];
        head.series.forEach(function(s){if(s.quantity.indexOf(family+'.')===0&&qs.indexOf(s.quantity)<0)qs.push(s.quantity);});
        head.cells.forEach(function(c){if(ns.indexOf(String(c.n))<0)ns.push(String(c.n));Object.keys(c.settings).forEach(function(k){
        if(k==='n')return;keys[k]=keys[k]||[];if(keys[k].indexOf(c.settings[k])<0)keys[k].push(c.settings[k]);});});
        function add(key,label,options,value){if(options.length<2)return;var l=d.createElement('label'),s=d.createElement('select');
        l.appendChild(d.createTextNode(label));options.forEach(function(o){var e=d.createElement('option');e.value=o;
        e.textContent=o;s.appendChild(e);});s.value=value;l.appendChild(s);box.appendChild(l);sel[key]=s;
        s.addEventListener('change',function(){store(key,s.value);apply();});}
        add(family,'weight',qs.sort(),f.dataset.quantity);Object.keys(keys).sort().forEach(function(k){add(k,k,keys[k],base[k]);});
        add('n','N',['all'].concat(ns.sort(function(a,b){return a-b;})),'all');
        var touched=false;
        after.push(function(o){var ask=false;Object.keys(sel).forEach(function(k){if(o[k]!==undefined){ask=true;
        if(all('option',sel[k]).some(function(e){return e.value===o[k];}))sel[k].value=o[k];}});
        if(!ask&&!touched)return;touched=true;read();var q=sel[family]?sel[family].value:f.dataset.quantity,cells=[];
        data.cells.forEach(function(c,i){var ok=!sel.n||sel.n.value==='all'||String(c.n)===sel.n.value;
        Object.keys(keys).forEach(function(k){var v=sel[k]?sel[k].value:keys[k][0];if(c.settings[k]!==v)ok=false;});if(ok)cells.push(i);});
        cells.sort(function(a,b){return data.cells[a].n-data.cells[b].n;});
        all('.chart',f).forEach(function(c,i){draw(c.querySelector('svg'),cells,q,i===1);walk(c);});
        var last=cells[cells.length-1],said='No data for this choice';
        if(last!==undefined){var v=sum(parts(last,'vm',q)),k=sum(parts(last,'container',q)),N=data.cells[last].n;
        said=N+(N===1?' VM: ':' VMs: ')+size(v)+' '+q+'; as containers: '+size(k)+(k>0?', '+sig(v/k)+' to 1':'');}
        f.querySelector('h3').textContent=said;all('title',f).forEach(function(e){e.textContent=said;});
        f.querySelector('figcaption').textContent=Object.keys(keys).sort().map(function(k){
        return k+' '+(sel[k]?sel[k].value:keys[k][0]);}).join(', ')+': '+q+', both platforms on one axis.';
        var b=f.querySelector('tbody');if(b){b.textContent='';cells.forEach(function(c){['vm','container'].forEach(function(p){
        var a=parts(c,p,q),s=sum(a);a.forEach(function(z){var r=b.insertRow();
        [data.cells[c].n,p==='vm'?'VM':p,names[z[0]],size(z[1]),s>0?sig(z[1]/s*100)+'%':''].forEach(function(t,i){
        var e=d.createElement(i?'td':'th');if(!i)e.scope='row';e.textContent=t;if(i>2)e.className='n';
        e.dataset.v=i===0?t:i===3?z[1]:i===4?z[1]/s:'';if(i===1||i===2)e.removeAttribute('data-v');r.appendChild(e);});});});});
        var cap=f.querySelector('caption');if(cap)cap.textContent=q+' on the host, by owner';}});});
        apply();

        """#
}
